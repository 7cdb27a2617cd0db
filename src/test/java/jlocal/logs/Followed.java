package jlocal.logs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/** A follower that keeps what it is given and told: {@code web.1: line}, {@code web.1 missed 3}. */
final class Followed implements Follower {
  private final Recorder recorder = new Recorder();
  private final Predicate<Source> wanted;

  Followed(Predicate<Source> wanted) {
    this.wanted = wanted;
  }

  List<String> calls() {
    return recorder.calls();
  }

  @Override
  public boolean wants(Source source) {
    return wanted.test(source);
  }

  @Override
  public void missed(Source source, int lines) {
    recorder.note(source + " missed " + lines);
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    recorder.lines(source, wholeLines);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    recorder.partial(source, piece);
  }

  @Override
  public void flush() {}
}
