package jlocal.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import jlocal.logs.LogSink;
import jlocal.logs.LossyChannel;
import jlocal.logs.RotatingFile;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.logs.Source;
import jlocal.os.Cleanup;
import jlocal.text.Timestamp;

/**
 * Writes the log to files: {@code web.1.log} for each source and {@code all.log} for all, with date
 * and time, without colours. Files are rotated. Lines that cannot be written are dropped and
 * counted.
 */
public final class LogFiles implements LogSink, AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final Duration RETRY_DELAY = Duration.ofSeconds(5);
  private static final LogFormat.Text NAMED = new LogFormat.Text(false, true, true, false);
  private static final LogFormat.Text UNNAMED = new LogFormat.Text(false, true, false, false);

  private final Path folder;
  private final Rotation rotation;
  private final Consumer<String> warning;
  private final Duration retry;
  private final Map<Source, Log> sources = new HashMap<>();
  private final Log all;
  private final LogFormat.Names names;
  private final Outage allOutage = new Outage();
  private final Outage sourceOutage = new Outage();
  private int failing;

  /** A file and its painter. */
  private record Log(LossyChannel file, LogPainter painter) {}

  /** Warns when the first file fails, and when all files can be written again. */
  private final class Outage implements LossyChannel.Listener {
    private long dropped;

    @Override
    public void failed(IOException why) {
      if (failing++ == 0) {
        warning.accept("cannot write log files in " + folder + ": " + why.getMessage());
      }
    }

    @Override
    public void recovered(long lines) {
      dropped += lines;
      if (--failing > 0) return;
      // A dropped line is missing in all.log and in its source's file.
      long dropped = Math.max(allOutage.dropped, sourceOutage.dropped);
      allOutage.dropped = 0;
      sourceOutage.dropped = 0;
      warning.accept("log files in " + folder + " can be written again; lines dropped: " + dropped);
    }
  }

  /**
   * @param folder created if missing, also later
   * @param warning called on the hub's thread when files cannot be written, and when they can again
   */
  public LogFiles(Path folder, Rotation rotation, LogFormat.Names names, Consumer<String> warning) {
    this(folder, rotation, names, warning, RETRY_DELAY);
  }

  LogFiles(
      Path folder,
      Rotation rotation,
      LogFormat.Names names,
      Consumer<String> warning,
      Duration retry) {
    this.folder = folder;
    this.rotation = rotation;
    this.names = names;
    this.warning = warning;
    this.retry = retry;
    all = log("all", NAMED, allOutage);
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

  /** Closes the files; to be called after the hub is closed. */
  @Override
  public void close() {
    Cleanup.close(all.file);
    sources.values().forEach(log -> Cleanup.close(log.file));
  }

  private Log log(Source source) {
    return sources.computeIfAbsent(source, it -> log(it.toString(), UNNAMED, sourceOutage));
  }

  private Log log(String name, LogFormat.Text style, Outage outage) {
    var file = new RotatingFile(folder.resolve(name + ".log"), rotation);
    var channel = new LossyChannel(file, retry, _ -> false, outage);
    var prefixes = new Prefixes(style, Timestamp.DATE_AND_TIME, names);
    var buffer = new OutputBuffer(BUFFER_BYTES, channel, () -> {});
    return new Log(channel, new LogPainter(style, prefixes, buffer, InstantSource.system()));
  }
}
