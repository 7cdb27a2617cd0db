package jlocal.app;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jlocal.logs.Grep;
import jlocal.logs.LogSink;
import jlocal.logs.Source;
import org.jspecify.annotations.Nullable;

/**
 * Selects the lines of the log that the app's own terminal shows: by {@code --hide}, and by keys.
 * Filters chosen by key do not apply to jlocal's own lines, which respond to the user; only {@link
 * #none} drops them. Keys act from any thread.
 */
final class LogFilter implements LogSink {
  private final Predicate<Source> configured;
  private final LogSink screen;
  private volatile View view;

  /** The sources to show, and the sink for lines that are not jlocal's own. */
  private record View(Predicate<Source> shown, LogSink lines) {}

  /** {@code configured}: which sources are ever shown. */
  LogFilter(Predicate<Source> configured, LogSink screen) {
    this.configured = configured;
    this.screen = screen;
    view = new View(_ -> true, screen);
  }

  void all() {
    view = new View(_ -> true, screen);
  }

  void only(Predicate<Source> wanted) {
    view = new View(source -> source.equals(Source.MANAGER) || wanted.test(source), screen);
  }

  void only(Pattern text) {
    view = new View(_ -> true, new Grep(text, screen));
  }

  /** Shows nothing, while the terminal shows something else. */
  void none() {
    view = new View(_ -> false, screen);
  }

  /** Returns the sink for a source; null if it is not shown. */
  private @Nullable LogSink of(Source source) {
    View now = view;
    if (!configured.test(source) || !now.shown.test(source)) return null;
    return source.equals(Source.MANAGER) ? screen : now.lines;
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    LogSink sink = of(source);
    if (sink != null) sink.lines(source, wholeLines);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    LogSink sink = of(source);
    if (sink != null) sink.partial(source, piece);
  }

  @Override
  public void stalled(Source source) {
    LogSink sink = of(source);
    if (sink != null) sink.stalled(source);
  }

  @Override
  public void ended(Source source) {
    LogSink sink = of(source);
    if (sink != null) sink.ended(source);
  }

  @Override
  public void flush() {
    screen.flush();
  }
}
