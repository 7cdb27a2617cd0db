package jlocal.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import jlocal.logs.LogDrain;
import jlocal.logs.RotatingFile;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.logs.Source;

/**
 * The log in files: {@code web.1.log} for each source and {@code all.log} for all of them, each
 * line with date and time, without colours. Files are rotated. What cannot be written is dropped.
 */
public final class LogFiles implements LogDrain, AutoCloseable {
  private static final int PAGE = 64 * 1024;
  private static final LogStyle NAMED = new LogStyle(false, true, true, false);
  private static final LogStyle UNNAMED = new LogStyle(false, true, false, false);

  private final Path folder;
  private final Rotation rotation;
  private final Consumer<String> warning;
  private final Map<Source, Log> sources = new HashMap<>();
  private final Log all;
  private final Legend legend;
  private boolean warned;

  /** One file and who writes to it. */
  private record Log(RotatingFile file, LogPainter painter) {}

  /**
   * @param folder is created when it is missing, also later
   * @param warning told once, on the hub's thread, when files cannot be written
   */
  public LogFiles(Path folder, Rotation rotation, Legend legend, Consumer<String> warning) {
    this.folder = folder;
    this.rotation = rotation;
    this.legend = legend;
    this.warning = warning;
    all = log("all", NAMED);
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    int from = wholeLines.position();
    int end = wholeLines.limit();
    all.painter.lines(source, wholeLines);
    log(source).painter.lines(source, wholeLines.limit(end).position(from));
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    int from = piece.position();
    int end = piece.limit();
    all.painter.partial(source, piece);
    log(source).painter.partial(source, piece.limit(end).position(from));
  }

  @Override
  public void stalled(Source source) {
    all.painter.stalled(source);
    log(source).painter.stalled(source);
  }

  @Override
  public void ended(Source source) {
    all.painter.ended(source);
    log(source).painter.ended(source);
  }

  @Override
  public void flush() {
    all.painter.flush();
    for (Log log : sources.values()) log.painter.flush();
  }

  /** Closes the files; to be called when the hub is closed. */
  @Override
  public void close() {
    all.file.close();
    for (Log log : sources.values()) log.file.close();
  }

  private Log log(Source source) {
    return sources.computeIfAbsent(source, speaker -> log(speaker.toString(), UNNAMED));
  }

  private Log log(String name, LogStyle style) {
    var file = new RotatingFile(folder.resolve(name + ".log"), rotation, this::warn);
    var prefixes = new Prefixes(style, Stamp.DATE_AND_TIME, legend);
    var sheet = new Sheet(PAGE, file, () -> {});
    return new Log(file, new LogPainter(style, prefixes, sheet, InstantSource.system()));
  }

  private void warn(IOException e) {
    if (!warned) warning.accept("cannot write log files in " + folder + ": " + e.getMessage());
    warned = true;
  }
}
