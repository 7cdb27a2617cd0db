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
 * What jlocal itself has to say, waiting for its turn. Adding never blocks: the manager must be
 * able to act while stdout is not read.
 */
final class AnnouncementQueue {
  /** As many router lines wait at most; others are counted. The manager's few lines always wait. */
  static final int ROUTER_LINES = 10_000;

  private record Line(Source source, String text, @Nullable Runnable then) {}

  private final Queue<Line> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger routerLines = new AtomicInteger();
  private final AtomicInteger skipped = new AtomicInteger();
  private final List<Runnable> next = new ArrayList<>();
  private ByteBuffer buffer = ByteScan.buffer(256);

  /** One more line; {@code then} is run by {@link #written}, unless the line is skipped. */
  void add(Source source, String text, @Nullable Runnable then) {
    if (source instanceof Source.Router && routerLines.incrementAndGet() > ROUTER_LINES) {
      routerLines.decrementAndGet();
      skipped.incrementAndGet();
    } else {
      waiting.add(new Line(source, text, then));
    }
  }

  /** Gives all that waits to the sinks. */
  void deliver(SinkDispatcher sinks) {
    Line line;
    while ((line = waiting.poll()) != null) {
      if (line.source instanceof Source.Router) routerLines.decrementAndGet();
      deliver(line, sinks);
      if (line.then != null) next.add(line.then);
    }
    int lost = skipped.get() == 0 ? 0 : skipped.getAndSet(0);
    if (lost > 0) deliver(new Line(Source.ROUTER, "… " + lost + " lines skipped", null), sinks);
  }

  /** What was delivered is also written: does what was to follow it. */
  void written() {
    next.forEach(Runnable::run);
    next.clear();
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
