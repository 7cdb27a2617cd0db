package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import jlocal.ansi.ByteScan;
import org.jspecify.annotations.Nullable;

/**
 * Log lines of jlocal itself that have not been delivered. Adding never blocks: the process manager
 * must go on while stdout is not read.
 */
final class AnnouncementQueue {
  /**
   * How many router lines may be queued; further ones are dropped and counted. The manager's few
   * lines are never dropped.
   */
  static final int MAX_ROUTER_LINES = 10_000;

  private record Line(Source source, String text, @Nullable Runnable onWritten) {}

  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queuedRouterLines = new AtomicInteger();
  private final AtomicInteger droppedRouterLines = new AtomicInteger();
  private final List<Runnable> actions = new ArrayList<>();
  private ByteBuffer buffer = ByteScan.buffer(256);

  /** Queues a line; {@link #written} runs {@code onWritten}, unless the line is dropped. */
  void add(Source source, String text, @Nullable Runnable onWritten) {
    if (source instanceof Source.Router && queuedRouterLines.incrementAndGet() > MAX_ROUTER_LINES) {
      queuedRouterLines.decrementAndGet();
      droppedRouterLines.incrementAndGet();
    } else {
      lines.add(new Line(source, text, onWritten));
    }
  }

  /** Delivers the queued lines to the sinks. */
  void deliver(SinkDispatcher sinks) {
    Line line;
    while ((line = lines.poll()) != null) {
      if (line.source instanceof Source.Router) queuedRouterLines.decrementAndGet();
      deliver(line, sinks);
      if (line.onWritten != null) actions.add(line.onWritten);
    }
    int dropped = droppedRouterLines.get() == 0 ? 0 : droppedRouterLines.getAndSet(0);
    if (dropped > 0)
      deliver(new Line(Source.ROUTER, "… " + dropped + " lines skipped", null), sinks);
  }

  /** Runs the actions of the delivered lines; to be called when the sinks have written them. */
  void written() {
    actions.forEach(Runnable::run);
    actions.clear();
  }

  private void deliver(Line line, SinkDispatcher sinks) {
    byte[] text = line.text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, LogSink.LINE);
    if (buffer.capacity() <= length) buffer = ByteScan.buffer(length + 1);
    buffer.clear().put(text, 0, length);
    if (length == 0 || text[length - 1] != '\n') buffer.put((byte) '\n');
    sinks.lines(line, line.source, buffer.flip());
  }
}
