package jlocal.router;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/** The listening sockets, I/O threads and limits of Undertow. */
final class HttpListeners implements AutoCloseable {
  private static final int IDLE_TIMEOUT_MILLIS = 60_000;

  /** Limits the system calls for a large body, and the memory for 1,000 stalled ones. */
  private static final int BUFFER_SIZE = 64 * 1024;

  /** Imposes no limits on the requests of an app, except where they would cost the router. */
  private static final OptionMap HTTP =
      OptionMap.builder()
          .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
          .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
          .set(UndertowOptions.DECODE_URL, false)
          .set(UndertowOptions.MAX_PARAMETERS, 100_000)
          .set(UndertowOptions.MAX_HEADERS, 1_000)
          .set(UndertowOptions.MAX_COOKIES, 3_000)
          .set(UndertowOptions.MAX_HEADER_SIZE, 256 * 1024)
          .set(UndertowOptions.ALWAYS_SET_DATE, false)
          .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
          .set(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_TIMEOUT_MILLIS)
          .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
          .set(UndertowOptions.ENABLE_HTTP2, true)
          .getMap();

  private final OptionMap socket;
  private final XnioWorker worker;

  /** Heap buffers: Undertow frees direct ones in a way the JDK warns about on stderr. */
  private final ByteBufferPool buffers = new DefaultByteBufferPool(false, BUFFER_SIZE);

  private final ProxyHandler handler;
  private final HttpOpenListener http1 = new HttpOpenListener(buffers, HTTP);
  private final List<AcceptingChannel<StreamConnection>> sockets = new CopyOnWriteArrayList<>();
  private final AlpnOpenListener alpn = new AlpnOpenListener(buffers, HTTP, http1);
  private volatile @Nullable UndertowXnioSsl tls;
  private volatile @Nullable ConnectionForwarder forwarder;

  private HttpListeners(int maxConnections, XnioWorker worker, ProxyHandler handler) {
    socket = socketOptions(maxConnections);
    this.worker = worker;
    this.handler = handler;
    http1.setRootHandler(handler);
  }

  /**
   * Starts to listen.
   *
   * @throws BindException if the port is in use on one of the addresses
   */
  static HttpListeners open(RouterConfig config, int maxConnections, ProxyHandler handler)
      throws IOException {
    var listeners = new HttpListeners(maxConnections, worker(), handler);
    try {
      listeners.listen(config.hosts(), config.port());
    } catch (IOException | RuntimeException e) {
      listeners.close();
      throw e;
    }
    return listeners;
  }

  private static XnioWorker worker() throws IOException {
    // Prevents XNIO from starting the JVM's management: 250 classes, 70 ms of CPU time.
    System.setProperty("javax.management.builder.initial", "none");
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
    var options =
        OptionMap.builder()
            .set(Options.WORKER_NAME, "router")
            .set(Options.WORKER_IO_THREADS, threads)
            .set(Options.WORKER_TASK_CORE_THREADS, 1)
            .set(Options.WORKER_TASK_MAX_THREADS, 1)
            .set(Options.THREAD_DAEMON, true)
            .getMap();
    try {
      return Xnio.getInstance(HttpListeners.class.getClassLoader()).createWorker(options);
    } catch (IllegalStateException | IllegalArgumentException e) {
      // XNIO throws this if a selector cannot be opened.
      throw new IOException("too many open files (see ulimit -n)", e);
    }
  }

  /**
   * Listens on another port.
   *
   * @return the port
   * @throws BindException if the port is in use on one of the addresses
   */
  int listen(List<String> hosts, int port) throws IOException {
    return bind(hosts, port, this::plain);
  }

  /**
   * Listens for TLS on another port, with HTTP/2 by ALPN.
   *
   * @return the port
   */
  int listenTls(List<String> hosts, int port) throws IOException {
    return bind(hosts, port, this::secure);
  }

  /** Accepts an HTTP client; a TLS client only if another app has passed it on. */
  private void plain(StreamConnection client, ByteBuffer first) {
    boolean isTls = first.hasRemaining() && ClientHello.isBegin(first.get(0));
    if (isTls && tls != null) {
      secure(client, first);
    } else {
      RequestHeadConduit.install(client, buffers, handler::tlsOnPlainPort, first);
      http1.handleEvent(client);
    }
  }

  private void secure(StreamConnection client, ByteBuffer first) {
    PushBackConduit.install(client.getSourceChannel(), first, _ -> {});
    SslConnection secured =
        Objects.requireNonNull(tls).wrapExistingConnection(client, OptionMap.EMPTY, false);
    // Our own parser of request heads runs before Undertow's.
    RequestHeadConduit.install(secured, buffers, handler::tlsOnPlainPort, ByteBuffer.allocate(0));
    alpn.handleEvent(secured);
  }

  /** Starts to forward connections for the hosts of other apps. */
  void forwardTo(OtherApps others, BackendTable table) {
    forwarder = new ConnectionForwarder(others, table, buffers);
  }

  /** Prepares to listen for TLS, with HTTP/2 by ALPN. */
  void secure(SSLContext certificates) {
    var http2 = new Http2OpenListener(buffers, HTTP);
    http2.setRootHandler(handler);
    alpn.addProtocol(Http2OpenListener.HTTP2, http2, 10);
    tls = new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, buffers, certificates);
  }

  /** Limits the connections; further clients wait in the backlog. */
  private static OptionMap socketOptions(int maxConnections) {
    return OptionMap.builder()
        .set(Options.CONNECTION_HIGH_WATER, maxConnections)
        .set(Options.CONNECTION_LOW_WATER, maxConnections - 1)
        .set(Options.TCP_NODELAY, true)
        .set(Options.REUSE_ADDRESSES, true)
        .set(Options.BALANCING_TOKENS, 1)
        .set(Options.BALANCING_CONNECTIONS, 2)
        .set(Options.BACKLOG, 4_096)
        .getMap();
  }

  /** Binds one port on all addresses; with port 0 the first address determines it. */
  private int bind(List<String> hosts, int port, BiConsumer<StreamConnection, ByteBuffer> own)
      throws IOException {
    ChannelListener<AcceptingChannel<StreamConnection>> accept =
        ChannelListeners.openListenerAdapter(client -> {
          ConnectionForwarder others = forwarder;
          if (others == null) own.accept(client, ByteBuffer.allocate(0));
          else others.accepted(client, own);
        });
    int bound = port;
    var opened = new ArrayList<AcceptingChannel<StreamConnection>>();
    try {
      for (String host : hosts) {
        InetAddress address = InetAddress.getByName(host);
        if (!host.equals(hosts.getFirst()) && !isOfThisMachine(address)) continue;
        var open =
            worker.createStreamConnectionServer(
                new InetSocketAddress(address, bound), accept, socket);
        opened.add(open);
        bound = portOf(open);
      }
    } catch (IOException e) {
      opened.forEach(IoUtils::safeClose);
      throw e;
    }
    sockets.addAll(opened);
    opened.forEach(AcceptingChannel::resumeAccepts);
    return bound;
  }

  private static int portOf(AcceptingChannel<StreamConnection> socket) {
    return socket.getLocalAddress(InetSocketAddress.class).getPort();
  }

  /** Whether this machine has the address: many have no IPv6, and so no {@code ::1}. */
  private static boolean isOfThisMachine(InetAddress address) throws IOException {
    return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
  }

  int port() {
    return portOf(sockets.getFirst());
  }

  /** Stops listening. */
  void stop() {
    sockets.forEach(IoUtils::safeClose);
  }

  /**
   * Waits for responses of other apps that are in progress.
   *
   * @param log receives a message if it takes longer than a second
   */
  void drain(Consumer<String> log) {
    ConnectionForwarder others = forwarder;
    if (others != null) others.drain(log);
  }

  /** Ends {@link #drain}. */
  void cut() {
    ConnectionForwarder others = forwarder;
    if (others != null) others.cut();
  }

  /** Closes everything at once, so that no thread in a system call delays the exit of the JVM. */
  @Override
  public void close() {
    sockets.forEach(IoUtils::safeClose);
    worker.shutdownNow();
  }
}
