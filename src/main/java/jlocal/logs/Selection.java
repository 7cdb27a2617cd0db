package jlocal.logs;

import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** Gives on what some sources write, and keeps back the rest: {@code --hide}. */
public final class Selection implements LogSink {
  private final Predicate<Source> shown;
  private final LogSink sink;

  public Selection(Predicate<Source> shown, LogSink sink) {
    this.shown = shown;
    this.sink = sink;
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    if (shown.test(source)) sink.lines(source, wholeLines);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    if (shown.test(source)) sink.partial(source, piece);
  }

  @Override
  public void stalled(Source source) {
    if (shown.test(source)) sink.stalled(source);
  }

  @Override
  public void ended(Source source) {
    if (shown.test(source)) sink.ended(source);
  }

  @Override
  public void flush() {
    sink.flush();
  }
}
