package jlocal.router;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/**
 * What one I/O thread owns: its requests, its connections to the instances, and the tools it builds
 * messages with. Nothing here is shared, so nothing is locked.
 */
final class Lane {
  /** Somebody whose patience can end. */
  interface Timed {
    /** Called every {@link Patience#tick}; {@code now} in the sense of System.nanoTime. */
    void check(long now);
  }

  private final XnioIoThread thread;
  private final Buffers buffers;
  private final Duration tick;
  private final HeadWriter head = new HeadWriter();
  private final ResponseHead.HeaderNames names = new ResponseHead.HeaderNames();
  private final byte[] scratch = new byte[Buffers.SIZE];
  private final Map<Backend, BackendPool> pools = new HashMap<>();
  private final LinkedHashSet<Timed> active = new LinkedHashSet<>();
  private boolean ticking;
  private long now = System.nanoTime();

  Lane(XnioIoThread thread, Buffers buffers, Duration tick) {
    this.thread = thread;
    this.buffers = buffers;
    this.tick = tick;
  }

  XnioIoThread thread() {
    return thread;
  }

  Buffers buffers() {
    return buffers;
  }

  HeadWriter head() {
    return head;
  }

  ResponseHead.HeaderNames names() {
    return names;
  }

  /** Room for the bytes of one buffer, valid until the next event. */
  byte[] scratch() {
    return scratch;
  }

  BackendPool pool(Backend backend) {
    return pools.computeIfAbsent(backend, b -> new BackendPool(this, b));
  }

  /** Closes what is idle towards an instance, and what is in use when it comes back. */
  void drop(Backend backend) {
    BackendPool pool = pools.remove(backend);
    if (pool != null) pool.drop();
  }

  /** The time of the last tick: cheap, and exact enough for patience. */
  long now() {
    return now;
  }

  void add(Timed timed) {
    active.add(timed);
    if (ticking) return;
    now = System.nanoTime();
    ticking = true;
    nextTick();
  }

  void remove(Timed timed) {
    active.remove(timed);
  }

  /** Has something done on this lane's thread, by any thread; nothing once the router closes. */
  boolean run(Runnable task) {
    try {
      thread.execute(task);
      return true;
    } catch (RejectedExecutionException closing) {
      return false;
    }
  }

  void after(Duration delay, Runnable task) {
    thread.executeAfter(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void nextTick() {
    after(tick, this::tick);
  }

  private void tick() {
    now = System.nanoTime();
    for (Timed each : List.copyOf(active)) each.check(now);
    ticking = !active.isEmpty();
    if (ticking) nextTick();
  }
}
