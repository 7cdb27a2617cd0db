package jlocal.logs;

import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** Gives on what some sources write, and keeps back the rest: {@code --hide}. */
public final class Selection implements LogDrain {
  private final Predicate<Source> shown;
  private final LogDrain drain;

  public Selection(Predicate<Source> shown, LogDrain drain) {
    this.shown = shown;
    this.drain = drain;
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    if (shown.test(source)) drain.lines(source, wholeLines);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    if (shown.test(source)) drain.partial(source, piece);
  }

  @Override
  public void stalled(Source source) {
    if (shown.test(source)) drain.stalled(source);
  }

  @Override
  public void ended(Source source) {
    if (shown.test(source)) drain.ended(source);
  }

  @Override
  public void flush() {
    drain.flush();
  }
}
