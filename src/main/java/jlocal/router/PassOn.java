package jlocal.router;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
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
 * Passes whole connections on to the routers of other apps, by the Host of their first request, or
 * the name that a client of TLS asks for: clients use one connection for one host. The bytes are
 * copied unseen, TLS ends at the other app, so all that works directly works so, too. Only clients
 * of this machine are passed on: a router that others may reach does not open those of other apps
 * to them.
 */
final class PassOn {
  private static final OptionMap NO_DELAY = OptionMap.create(Options.TCP_NODELAY, true);
  private static final int MAX_HEAD = 64 * 1024;

  /** A client that sends no request meanwhile is the router's own, which has timeouts. */
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(20);

  /** At the end, answers of other apps are passed on for so long. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration DRAIN_BEFORE_WORD = Duration.ofSeconds(1);

  /** How often connections are looked at while they end; none is in mid-answer, mostly. */
  private static final Duration SILENCE = Duration.ofMillis(50);

  /** An answer of which nothing has come for so long may have no end. */
  private static final Duration STREAM_SILENCE = Duration.ofSeconds(2);

  /** In TLS, whose bytes do not tell whether an answer is over. */
  private static final Duration TLS_SILENCE = Duration.ofMillis(500);

  private final OtherApps others;
  private final BackendTable table;
  private final ByteBufferPool buffers;
  private final Set<Passage> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean closing;

  /** One that passes nothing yet. */
  PassOn(OtherApps others, BackendTable table, ByteBufferPool buffers) {
    this.others = others;
    this.table = table;
    this.buffers = buffers;
  }

  /**
   * Takes a new connection, on its I/O thread.
   *
   * @param own takes it if it is one of this app's own, and what was read from it
   */
  void accepted(StreamConnection client, BiConsumer<StreamConnection, ByteBuffer> own) {
    var peer = client.getPeerAddress(InetSocketAddress.class);
    if (peer != null && peer.getAddress().isLoopbackAddress()) new Passage(client, own).begin();
    else own.accept(client, ByteBuffer.allocate(0));
  }

  /**
   * Ends connections, each after the answer that is under way.
   *
   * @param log is told if it takes longer than a second
   */
  void drain(Consumer<String> log) {
    closing = true;
    try {
      for (Passage each : open) each.client.getIoThread().execute(each::end);
      if (open.isEmpty() || isOver(DRAIN_BEFORE_WORD)) return;
      log.accept("waits for answers of other apps that go through it, up to 10 s");
      boolean _ = isOver(DRAIN_TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RejectedExecutionException _) {
      // What is not over by then is cut.
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

  /** Waits no longer. */
  void cut() {
    drained.complete(null);
  }

  /**
   * The host of a first request of HTTP/1, or the name that a client of TLS wants; empty when it is
   * neither; null when more must come.
   */
  static @Nullable String host(byte[] first) {
    if (ClientHello.isBegin(first[0])) return ClientHello.host(first);
    if (first[0] == 'P' && startsWith(first, "PRI ")) return "";
    byte[] head = new HeadBuffer().take(ByteBuffer.wrap(first));
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

  /** Whether a host is under localhost, and no name of this app. */
  private boolean isForeign(String host) {
    return HostNames.below(host) != null && HostNames.target(host, table) == null;
  }

  /** One connection; on its I/O thread. */
  private final class Passage {
    private final StreamConnection client;
    private final BiConsumer<StreamConnection, ByteBuffer> own;
    private byte[] first = {};
    private XnioExecutor.@Nullable Key timeout;
    private @Nullable StreamConnection server;
    private int directions = 2;
    private boolean isAwaited = true;
    private boolean isLast;
    private long lastBytes = System.nanoTime();

    Passage(StreamConnection client, BiConsumer<StreamConnection, ByteBuffer> own) {
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
      first = java.util.Arrays.copyOf(first, before + more.remaining());
      more.get(first, before, more.remaining());
    }

    /** It is one of this app's own. */
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
      ReadBefore.install(client.getSourceChannel(), ByteBuffer.wrap(first), _ -> came(true));
      ReadBefore.install(to.getSourceChannel(), ByteBuffer.allocate(0), _ -> came(false));
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

    /** One direction has ended: its receiver knows. */
    private void ended() {
      if (--directions == 0) close();
    }

    /**
     * Reads no further request: the other router closes the connection after its answer, an
     * instance ends a WebSocket. What then has no end is closed.
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
