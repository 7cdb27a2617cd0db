package jlocal.app;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jlocal.logs.Grep;
import jlocal.logs.LogSink;
import jlocal.logs.Selection;
import jlocal.logs.Source;

/**
 * Selects what the app's own terminal shows of the log. jlocal's own lines pass every filter, since
 * they answer the person at the terminal; only {@link #none} drops them.
 */
final class LogFilter implements LogSink {
  private final LogSink screen;
  private volatile LogSink shown;

  LogFilter(LogSink screen) {
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

  /** Shows nothing: the terminal shows something else. */
  void none() {
    shown = new Selection(_ -> false, screen);
  }

  private record Both(LogSink first, LogSink second) implements LogSink {
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
