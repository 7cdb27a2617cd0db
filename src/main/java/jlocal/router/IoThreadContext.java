package jlocal.router;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * What one I/O thread owns: its requests and its connections to the instances. Used by this thread
 * only, so nothing is locked.
 */
final class IoThreadContext {
  private final XnioIoThread thread;
  private final Duration checkInterval;
  private final Map<Backend, UpstreamPool> pools = new HashMap<>();
  private final LinkedHashSet<ProxiedRequest> active = new LinkedHashSet<>();
  private boolean checking;
  private long now = System.nanoTime();

  IoThreadContext(XnioIoThread thread, Duration checkInterval) {
    this.thread = thread;
    this.checkInterval = checkInterval;
  }

  XnioIoThread thread() {
    return thread;
  }

  UpstreamPool pool(Backend backend) {
    return pools.computeIfAbsent(backend, each -> new UpstreamPool(this, each));
  }

  /** Closes the idle connections to an instance, and those in use when they become idle. */
  void closePool(Backend backend) {
    UpstreamPool pool = pools.remove(backend);
    if (pool != null) pool.close();
  }

  /** System.nanoTime at the last check: cheap, and exact enough for timeouts. */
  long now() {
    return now;
  }

  /** Checks the timeouts of a request from now on. */
  void add(ProxiedRequest request) {
    active.add(request);
    if (checking) return;
    now = System.nanoTime();
    checking = true;
    after(checkInterval, this::checkTimeouts);
  }

  void remove(ProxiedRequest request) {
    active.remove(request);
  }

  private void checkTimeouts() {
    now = System.nanoTime();
    for (ProxiedRequest each : List.copyOf(active)) each.checkTimeout();
    checking = !active.isEmpty();
    if (checking) after(checkInterval, this::checkTimeouts);
  }

  /** Runs a task on this thread; any thread may call it. False once the router closes. */
  boolean run(Runnable task) {
    try {
      thread.execute(task);
      return true;
    } catch (RejectedExecutionException closing) {
      return false;
    }
  }

  /** Runs a task on this thread after a delay, unless it is cancelled. */
  XnioExecutor.Key after(Duration delay, Runnable task) {
    return thread.executeAfter(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }
}
