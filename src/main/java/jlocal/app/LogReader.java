package jlocal.app;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jlocal.logs.Follower;
import jlocal.logs.Grep;
import jlocal.logs.LogDrain;
import jlocal.logs.Newest;
import jlocal.logs.Source;
import jlocal.logs.Tap;
import org.jspecify.annotations.Nullable;

/**
 * One reader of the log at another terminal. What was kept is given to it on its own thread and is
 * not lost; what is written meanwhile and afterwards goes through a tap, so that nobody waits for
 * this reader.
 */
final class LogReader implements Follower {
  private final Thread own = Thread.currentThread();
  private final Predicate<Source> wanted;
  private final Tap tap;
  private final LogDrain screen;
  private final Newest kept = new Newest(Integer.MAX_VALUE);
  private final LogDrain chosen;
  private @Nullable Newest matching;

  LogReader(Tap tap, Predicate<Source> wanted, @Nullable Pattern grep, LogDrain screen) {
    this.tap = tap;
    this.wanted = wanted;
    this.screen = screen;
    chosen = grep == null ? new Last() : new Grep(grep, new Last());
  }

  /** Where lines come out: into a choice of the kept ones first, then on the screen. */
  private final class Last implements LogDrain {
    @Override
    public void lines(Source source, ByteBuffer wholeLines) {
      target().lines(source, wholeLines);
    }

    @Override
    public void partial(Source source, ByteBuffer piece) {
      target().partial(source, piece);
    }

    @Override
    public void stalled(Source source) {
      target().stalled(source);
    }

    @Override
    public void ended(Source source) {
      target().ended(source);
    }

    @Override
    public void writtenAgo(long millis) {
      target().writtenAgo(millis);
    }

    @Override
    public void flush() {
      target().flush();
    }

    private LogDrain target() {
      return matching == null ? screen : matching;
    }
  }

  @Override
  public boolean wants(Source source) {
    return wanted.test(source);
  }

  @Override
  public void missed(Source source, int lines) {
    tap.missed(source, lines);
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    if (wants(source)) receiver().lines(source, wholeLines);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    if (wants(source)) receiver().partial(source, piece);
  }

  @Override
  public void stalled(Source source) {
    receiver().stalled(source);
  }

  @Override
  public void ended(Source source) {
    receiver().ended(source);
  }

  @Override
  public void writtenAgo(long millis) {
    kept.writtenAgo(millis);
  }

  @Override
  public void flush() {}

  private LogDrain receiver() {
    return Thread.currentThread().equals(own) ? kept : tap;
  }

  /** Shows the last of what was kept. */
  void giveKept(int lines) {
    matching = new Newest(lines);
    kept.giveTo(chosen);
    Newest last = matching;
    matching = null;
    last.giveTo(screen);
  }

  /** Waits for what is written and shows it; false at the end. */
  boolean giveNew() throws InterruptedException {
    return tap.giveTo(chosen);
  }
}
