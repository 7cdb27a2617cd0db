package jlocal.router;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.xnio.XnioIoThread;

/** All the lanes there are; each is made when its thread serves its first request. */
final class Lanes {
  private final Buffers buffers;
  private final Duration tick;
  private final Map<XnioIoThread, Lane> lanes = new ConcurrentHashMap<>();

  private volatile boolean closing;

  Lanes(Buffers buffers, Duration tick) {
    this.buffers = buffers;
    this.tick = tick;
  }

  /** From now on connections end because the router does, and nobody is to blame. */
  void close() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  Lane of(XnioIoThread thread) {
    Lane lane = lanes.get(thread);
    return lane != null ? lane : lanes.computeIfAbsent(thread, t -> new Lane(t, buffers, tick));
  }

  /** Has each lane do something on its own thread, some time soon. */
  void tell(Consumer<Lane> action) {
    lanes.values().forEach(lane -> lane.thread().execute(() -> action.accept(lane)));
  }

  /** Has each lane do something on its own thread; completes when all have. */
  CompletableFuture<Void> each(Consumer<Lane> action) {
    List<CompletableFuture<Void>> done =
        lanes.values().stream()
            .map(lane -> CompletableFuture.runAsync(() -> action.accept(lane), lane.thread()))
            .toList();
    return CompletableFuture.allOf(done.toArray(CompletableFuture[]::new));
  }
}
