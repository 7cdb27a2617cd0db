package jlocal.app;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jlocal.logs.Grep;
import jlocal.logs.LogDrain;
import jlocal.logs.Selection;
import jlocal.logs.Source;

/**
 * Shows the log, or what a person wants to see of it for a while. jlocal's own lines are shown
 * whatever is chosen, for they answer the person; but for nothing at all.
 */
final class Spotlight implements LogDrain {
  private final LogDrain screen;
  private volatile LogDrain shown;

  Spotlight(LogDrain screen) {
    this.screen = screen;
    shown = screen;
  }

  void all() {
    shown = screen;
  }

  void only(Predicate<Source> wanted) {
    shown = new Selection(source -> source.equals(Source.MANAGER) || wanted.test(source), screen);
  }

  void only(Pattern text) {
    var found = new Selection(source -> !source.equals(Source.MANAGER), new Grep(text, screen));
    shown = new Both(new Selection(Source.MANAGER::equals, screen), found);
  }

  /** Nothing is shown; another view has the screen. */
  void dark() {
    shown = new Selection(_ -> false, screen);
  }

  private record Both(LogDrain first, LogDrain second) implements LogDrain {
    @Override
    public void lines(Source source, ByteBuffer wholeLines) {
      int from = wholeLines.position();
      first.lines(source, wholeLines);
      second.lines(source, wholeLines.position(from));
    }

    @Override
    public void partial(Source source, ByteBuffer piece) {
      int from = piece.position();
      first.partial(source, piece);
      second.partial(source, piece.position(from));
    }

    @Override
    public void flush() {
      second.flush();
    }
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    shown.lines(source, wholeLines);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    shown.partial(source, piece);
  }

  @Override
  public void stalled(Source source) {
    shown.stalled(source);
  }

  @Override
  public void ended(Source source) {
    shown.ended(source);
  }

  @Override
  public void flush() {
    shown.flush();
  }
}
