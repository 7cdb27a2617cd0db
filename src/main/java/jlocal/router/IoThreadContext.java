package jlocal.router;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * The state of one I/O thread: its requests and its connections to the instances. Confined to this
 * thread, so it needs no locks.
 */
final class IoThreadContext {
  private static final OptionMap NO_DELAY = OptionMap.create(Options.TCP_NODELAY, true);

  /** The delay while the limit of connections to instances is reached. */
  private static final Duration RETRY_DELAY = Duration.ofMillis(50);

  private final Router router;
  private final XnioIoThread thread;

  /** The idle connections to each instance; the last one used is reused first. */
  private final Map<Backend, ArrayDeque<UpstreamConnection>> idle = new HashMap<>();

  private final LinkedHashSet<ProxiedRequest> active = new LinkedHashSet<>();
  private boolean checking;
  private long now = System.nanoTime();

  IoThreadContext(Router router, XnioIoThread thread) {
    this.router = router;
    this.thread = thread;
  }

  // Connections to instances

  /**
   * Returns an idle connection that can be reused; null if there is none.
   *
   * @param repeatable whether the request can be sent again if the instance closes the connection
   */
  @Nullable UpstreamConnection reuse(Backend backend, boolean repeatable) {
    var connections = idle.computeIfAbsent(backend, each -> new ArrayDeque<>());
    for (var each = connections.pollLast(); each != null; each = connections.pollLast()) {
      if (each.isReusable(repeatable)) return each;
      each.close();
    }
    return null;
  }

  /** Connects for a request; if refused, also to the other loopback address. */
  void connect(ProxiedRequest request, Backend backend) {
    if (!request.isConnectingTo(backend)) return;
    if (router.upstreamLimit().tryAcquire()) {
      connect(request, backend, backend.address(), true);
      return;
    }
    CompletableFuture<Void> _ = router.onEachThread(IoThreadContext::closeIdle);
    after(RETRY_DELAY, () -> connect(request, backend));
  }

  private void connect(
      ProxiedRequest request, Backend backend, InetSocketAddress address, boolean tryOther) {
    var opening =
        thread.openStreamConnection(
            address,
            stream -> {
              backend.connected(address);
              var connection = new UpstreamConnection(this, backend, stream);
              if (request.isConnectingTo(backend)) request.connected(connection);
              else release(backend, connection);
            },
            NO_DELAY);
    opening.addNotifier(
        (future, nothing) -> {
          if (future.getStatus() != IoFuture.Status.FAILED) return;
          if (tryOther) {
            connect(request, backend, backend.otherAddress(address), false);
            return;
          }
          router.upstreamLimit().release();
          if (request.isConnectingTo(backend)) request.connectFailed(backend);
        },
        null);
  }

  /** Takes an idle connection, or closes it if its instance is gone. */
  void release(Backend backend, UpstreamConnection connection) {
    var connections = idle.get(backend);
    if (connections == null) connection.close();
    else connections.addLast(connection);
  }

  void closed(Backend backend, UpstreamConnection connection) {
    router.upstreamLimit().release();
    var connections = idle.get(backend);
    if (connections != null) connections.remove(connection);
  }

  /** Closes the idle connections to an instance, and those in use when they become idle. */
  void remove(Backend backend) {
    close(idle.remove(backend));
  }

  private void closeIdle() {
    idle.values().forEach(IoThreadContext::close);
  }

  private static void close(@Nullable Collection<UpstreamConnection> connections) {
    if (connections != null) List.copyOf(connections).forEach(UpstreamConnection::close);
  }

  // Timeouts

  /** System.nanoTime of the last check: cheap, and precise enough for timeouts. */
  long now() {
    return now;
  }

  /** Checks the timeouts of a request from now on. */
  void add(ProxiedRequest request) {
    active.add(request);
    if (checking) return;
    now = System.nanoTime();
    checking = true;
    after(router.config().timeouts().checkInterval(), this::checkTimeouts);
  }

  void remove(ProxiedRequest request) {
    active.remove(request);
  }

  private void checkTimeouts() {
    now = System.nanoTime();
    for (ProxiedRequest each : List.copyOf(active)) each.checkTimeout();
    checking = !active.isEmpty();
    if (checking) after(router.config().timeouts().checkInterval(), this::checkTimeouts);
  }

  // Tasks

  /**
   * Runs a task on this thread; any thread may call it. Returns false once the router is closing.
   */
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
