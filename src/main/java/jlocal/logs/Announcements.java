package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What jlocal itself has to say, waiting for its turn. Adding never blocks: the manager must be
 * able to act while nobody reads our output.
 */
final class Announcements {
  /** As many router lines wait at most; others are counted. The manager's few lines always wait. */
  static final int ROUTER_LINES = 10_000;

  private record Line(Source source, String text) {}

  private final Queue<Line> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger routerLines = new AtomicInteger();
  private final AtomicInteger skipped = new AtomicInteger();

  void add(Source source, String text) {
    if (source instanceof Source.Router && routerLines.incrementAndGet() > ROUTER_LINES) {
      routerLines.decrementAndGet();
      skipped.incrementAndGet();
    } else {
      waiting.add(new Line(source, text));
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Gives all that waits to the drains; how many bytes that was. */
  int deliver(ByteBuffer room, Delivery delivery) {
    int given = 0;
    Line line;
    while ((line = waiting.poll()) != null) {
      if (line.source instanceof Source.Router) routerLines.decrementAndGet();
      given += deliver(line, room, delivery);
    }
    int lost = skipped.getAndSet(0);
    if (lost == 0) return given;
    return given + deliver(new Line(Source.ROUTER, "… " + lost + " lines skipped"), room, delivery);
  }

  private static int deliver(Line line, ByteBuffer room, Delivery delivery) {
    byte[] text = line.text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, Room.LINE);
    room.clear().put(text, 0, length);
    if (length == 0 || text[length - 1] != '\n') room.put((byte) '\n');
    delivery.lines(line, line.source, room.flip());
    return length;
  }
}
