package jlocal.router;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;

/**
 * The idle connections of one I/O thread to one instance. The last one used is reused first, so
 * that surplus ones expire.
 */
final class UpstreamPool {
  private static final OptionMap NO_DELAY = OptionMap.create(Options.TCP_NODELAY, true);

  private final IoThreadContext thread;
  private final Backend backend;
  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private boolean closed;

  UpstreamPool(IoThreadContext thread, Backend backend) {
    this.thread = thread;
    this.backend = backend;
  }

  /**
   * An idle connection that can be reused; null if there is none.
   *
   * @param repeatable whether the request can be sent again if the instance closes the connection
   */
  @Nullable UpstreamConnection reuse(boolean repeatable) {
    for (var each = idle.pollLast(); each != null; each = idle.pollLast()) {
      if (each.isReusable(repeatable)) return each;
      each.close();
    }
    return null;
  }

  /** Connects on behalf of a request; on refusal also to the other loopback address. */
  void connect(ProxiedRequest request) {
    connect(request, backend.address(), true);
  }

  private void connect(ProxiedRequest request, InetSocketAddress address, boolean tryOther) {
    var opening =
        thread
            .thread()
            .openStreamConnection(address, stream -> connected(request, address, stream), NO_DELAY);
    opening.addNotifier(
        (future, nothing) -> {
          if (future.getStatus() != IoFuture.Status.FAILED) return;
          if (tryOther) connect(request, backend.otherAddress(address), false);
          else if (request.isConnectingTo(backend)) request.connectFailed(backend);
        },
        null);
  }

  private void connected(
      ProxiedRequest request, InetSocketAddress address, StreamConnection stream) {
    backend.connected(address);
    var connection = new UpstreamConnection(this, stream);
    if (request.isConnectingTo(backend)) request.connected(connection);
    else release(connection);
  }

  /** Takes an idle connection. */
  void release(UpstreamConnection connection) {
    if (closed) connection.close();
    else idle.addLast(connection);
  }

  void removed(UpstreamConnection connection) {
    idle.remove(connection);
  }

  void close() {
    closed = true;
    for (UpstreamConnection each : idle.toArray(UpstreamConnection[]::new)) each.close();
  }
}
