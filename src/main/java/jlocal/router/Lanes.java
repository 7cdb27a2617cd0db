package jlocal.router;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.xnio.XnioIoThread;

/** All the lanes there are; each is made when its thread serves its first request. */
final class Lanes {
  private final Buffers buffers;
  private final Duration tick;
  private final Map<XnioIoThread, Lane> lanes = new ConcurrentHashMap<>();

  private final AtomicBoolean closing = new AtomicBoolean();

  Lanes(Buffers buffers, Duration tick) {
    this.buffers = buffers;
    this.tick = tick;
  }

  /**
   * From now on connections end because the router does, and nobody is to blame.
   *
   * @return whether this is the first call
   */
  boolean close() {
    return closing.compareAndSet(false, true);
  }

  boolean isClosing() {
    return closing.get();
  }

  Lane of(XnioIoThread thread) {
    Lane lane = lanes.get(thread);
    return lane != null ? lane : lanes.computeIfAbsent(thread, t -> new Lane(t, buffers, tick));
  }

  /** Has each lane do something on its own thread; completes when all have. */
  CompletableFuture<Void> each(Consumer<Lane> action) {
    List<CompletableFuture<Void>> all =
        lanes.values().stream().map(lane -> done(lane, action)).toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private static CompletableFuture<Void> done(Lane lane, Consumer<Lane> action) {
    var done = new CompletableFuture<Void>();
    boolean runs =
        lane.run(() -> {
          action.accept(lane);
          done.complete(null);
        });
    if (!runs) done.complete(null);
    return done;
  }
}
