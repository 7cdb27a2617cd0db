package jlocal.router;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Passes whole connections on to the routers of other apps, by the Host of the first request or the
 * server name of TLS: clients use one connection for one host. The bytes are copied unchanged, and
 * TLS ends at the other app, so everything works as with a direct connection. Only clients of this
 * machine are passed on: a router open to others does not expose the other apps.
 */
final class ConnectionForwarder {
  private static final OptionMap NO_DELAY = OptionMap.create(Options.TCP_NODELAY, true);
  private static final int MAX_HEAD = 64 * 1024;

  /** The wait for a first request; then the router itself, which has timeouts, takes the client. */
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(20);

  /** How long responses of other apps may continue at the end. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration DRAIN_BEFORE_WORD = Duration.ofSeconds(1);

  /** The interval of checks while connections end; most have no response in progress. */
  private static final Duration SILENCE = Duration.ofMillis(50);

  /** A response that pauses for longer may be endless. */
  private static final Duration STREAM_SILENCE = Duration.ofSeconds(2);

  /** The same for TLS, whose bytes do not show the end of a response. */
  private static final Duration TLS_SILENCE = Duration.ofMillis(500);

  private final OtherApps others;
  private final BackendTable table;
  private final ByteBufferPool buffers;
  private final Set<PassedConnection> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean closing;

  /** Creates one without connections. */
  ConnectionForwarder(OtherApps others, BackendTable table, ByteBufferPool buffers) {
    this.others = others;
    this.table = table;
    this.buffers = buffers;
  }

  /**
   * Accepts a new connection, on its I/O thread.
   *
   * @param own receives a connection for this app, and the bytes read from it
   */
  void accepted(StreamConnection client, BiConsumer<StreamConnection, ByteBuffer> own) {
    var peer = client.getPeerAddress(InetSocketAddress.class);
    boolean isLocal = peer != null && peer.getAddress().isLoopbackAddress();
    if (isLocal) new PassedConnection(client, own).begin();
    else own.accept(client, ByteBuffer.allocate(0));
  }

  /**
   * Ends all connections, each after the response in progress.
   *
   * @param log receives a message if it takes longer than a second
   */
  void drain(Consumer<String> log) {
    closing = true;
    try {
      for (PassedConnection each : open) each.client.getIoThread().execute(each::end);
      if (open.isEmpty() || isOver(DRAIN_BEFORE_WORD)) return;
      log.accept("waits for answers of other apps that go through it, up to 10 s");
      boolean _ = isOver(DRAIN_TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RejectedExecutionException _) {
      // The remaining connections are closed.
    }
  }

  private boolean isOver(Duration most) throws InterruptedException, ExecutionException {
    try {
      drained.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  /** Ends {@link #drain}. */
  void cut() {
    drained.complete(null);
  }

  /**
   * Returns the host of a first HTTP/1 request, or the server name of TLS; empty if it is neither;
   * null if more bytes are needed.
   */
  static @Nullable String host(byte[] first) {
    if (ClientHello.isBegin(first[0])) return ClientHello.host(first);
    if (first[0] == 'P' && startsWith(first, "PRI ")) return "";
    String head = new HeadBuffer().take(ByteBuffer.wrap(first));
    if (head == null) return first.length > MAX_HEAD ? "" : null;
    RequestHead request = RequestHead.http1(head);
    if (request == null || request.refusal() != null) return "";
    String host = request.host();
    return host == null ? "" : host;
  }

  private static boolean startsWith(byte[] bytes, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (i >= bytes.length || bytes[i] != text.charAt(i)) return false;
    }
    return true;
  }

  /** Whether a host is under localhost, but not a name of this app. */
  private boolean isForeign(String host) {
    return HostNames.below(host) != null && HostNames.target(host, table) == null;
  }

  /** A client connection; confined to its I/O thread. */
  private final class PassedConnection {
    private final StreamConnection client;
    private final BiConsumer<StreamConnection, ByteBuffer> own;
    private byte[] first = {};
    private XnioExecutor.@Nullable Key timeout;
    private @Nullable StreamConnection server;
    private int directions = 2;
    private boolean isAwaited = true;
    private boolean isLast;
    private long lastBytes = System.nanoTime();

    PassedConnection(StreamConnection client, BiConsumer<StreamConnection, ByteBuffer> own) {
      this.client = client;
      this.own = own;
    }

    void begin() {
      timeout =
          client
              .getIoThread()
              .executeAfter(this::keep, HEAD_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      client.getSourceChannel().setReadListener(_ -> read());
      read();
    }

    private void read() {
      ConduitStreamSourceChannel source = client.getSourceChannel();
      try (PooledByteBuffer pooled = buffers.allocate()) {
        String host = null;
        while (host == null) {
          ByteBuffer some = pooled.getBuffer().clear();
          int count = source.read(some);
          if (count == 0) {
            source.resumeReads();
            return;
          }
          if (count > 0) add(some.flip());
          host = count < 0 ? "" : host(first);
        }
        source.suspendReads();
        if (isForeign(host)) others.port(host).thenAccept(this::found);
        else keep();
      } catch (IOException _) {
        IoUtils.safeClose(client);
      }
    }

    private void add(ByteBuffer more) {
      int before = first.length;
      first = Arrays.copyOf(first, before + more.remaining());
      more.get(first, before, more.remaining());
    }

    /** Passes the connection to this app's router. */
    private void keep() {
      stopTimeout();
      client.getSourceChannel().suspendReads();
      own.accept(client, ByteBuffer.wrap(first));
    }

    private void stopTimeout() {
      if (timeout != null) timeout.remove();
      timeout = null;
    }

    private void found(int port) {
      try {
        client.getIoThread().execute(port == 0 ? this::keep : () -> connect(port));
      } catch (RejectedExecutionException _) {
        IoUtils.safeClose(client);
      }
    }

    private void connect(int port) {
      stopTimeout();
      var there = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      client
          .getIoThread()
          .openStreamConnection(there, this::copy, NO_DELAY)
          .addNotifier(
              (future, _) -> {
                if (future.getStatus() != IoFuture.Status.FAILED) return;
                others.gone(port);
                keep();
              },
              null);
    }

    private void copy(StreamConnection to) {
      server = to;
      open.add(this);
      PushBackConduit.install(client.getSourceChannel(), ByteBuffer.wrap(first), _ -> came(true));
      PushBackConduit.install(to.getSourceChannel(), ByteBuffer.allocate(0), _ -> came(false));
      copy(to, client);
      copy(client, to);
      if (closing) end();
    }

    private void came(boolean isRequest) {
      isAwaited = isRequest;
      lastBytes = System.nanoTime();
    }

    private void copy(StreamConnection from, StreamConnection to) {
      Tunnel.copy(from.getSourceChannel(), to.getSinkChannel(), buffers, this::ended, this::close);
    }

    /** Called when one direction has ended and its receiver knows. */
    private void ended() {
      if (--directions == 0) close();
    }

    /**
     * Stops reading requests: the other router then closes the connection after its response, or
     * the instance ends a WebSocket. Closes connections that do not end.
     */
    private void end() {
      if (!open.contains(this)) return;
      long silent = System.nanoTime() - lastBytes;
      boolean isTls = ClientHello.isBegin(first[0]);
      if (!isLast && !isTls && silent > (isAwaited ? STREAM_SILENCE : SILENCE).toNanos()) last();
      if (!isAwaited && silent > (isTls ? TLS_SILENCE : STREAM_SILENCE).toNanos()) close();
      else client.getIoThread().executeAfter(this::end, SILENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void last() {
      isLast = true;
      client.getSourceChannel().suspendReads();
      try {
        StreamConnection to = Objects.requireNonNull(server);
        to.getSinkChannel().shutdownWrites();
        to.getSinkChannel().flush();
      } catch (IOException _) {
        close();
      }
    }

    private void close() {
      IoUtils.safeClose(client, server);
      open.remove(this);
      if (closing && open.isEmpty()) cut();
    }
  }
}
