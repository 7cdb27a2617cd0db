package jlocal.router;

import jlocal.os.FileLimit;
import io.undertow.UndertowOptions;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
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

/** Undertow's side: threads, listening sockets, and the limits of what a client may send. */
final class Front implements AutoCloseable {
  private static final int MINUTE = 60_000;

  /** What an app may be sent is the app's business, except where it would cost us. */
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
          .set(UndertowOptions.NO_REQUEST_TIMEOUT, MINUTE)
          .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
          .set(UndertowOptions.ENABLE_HTTP2, true)
          .getMap();

  /** Kept for what is not the router's: starting a process, logs, control clients. */
  private static final int OTHER_FILES = 48;

  private static final int LEAST_CONNECTIONS = 8;

  private final OptionMap socket =
      OptionMap.builder()
          .set(Options.CONNECTION_HIGH_WATER, mostConnections())
          .set(Options.CONNECTION_LOW_WATER, mostConnections() - 1)
          .set(Options.TCP_NODELAY, true)
          .set(Options.REUSE_ADDRESSES, true)
          .set(Options.BALANCING_TOKENS, 1)
          .set(Options.BALANCING_CONNECTIONS, 2)
          .set(Options.BACKLOG, 4_096)
          .getMap();

  private final XnioWorker worker;
  private final Buffers buffers;
  private final GuardedHttp http;
  private final List<AcceptingChannel<? extends StreamConnection>> servers = new ArrayList<>();

  private Front(XnioWorker worker, Buffers buffers, Entrance entrance) {
    this.worker = worker;
    this.buffers = buffers;
    http = new GuardedHttp(buffers, HTTP, entrance);
  }

  /**
   * Listens.
   *
   * @throws BindException when the port is taken on one of the addresses
   */
  static Front open(List<String> hosts, int port, Buffers buffers, Entrance entrance)
      throws IOException {
    var front = new Front(worker(), buffers, entrance);
    try {
      front.listen(hosts, port);
    } catch (IOException | RuntimeException e) {
      front.close();
      throw e;
    }
    return front;
  }

  private static XnioWorker worker() throws IOException {
    // XNIO would start the JVM's management, 250 classes and 70 ms of processor time that nobody
    // asked for; where there is no such builder it does without.
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
      return Xnio.getInstance(Front.class.getClassLoader()).createWorker(options);
    } catch (IllegalStateException | IllegalArgumentException e) {
      // What XNIO makes of a selector that could not be opened.
      throw new IOException("too many open files (see ulimit -n)", e);
    }
  }

  private void listen(List<String> hosts, int port) throws IOException {
    ChannelListener<AcceptingChannel<StreamConnection>> accept =
        ChannelListeners.openListenerAdapter(http);
    bind(hosts, port, address -> worker.createStreamConnectionServer(address, accept, socket));
  }

  /**
   * Listens for TLS too, and for HTTP/2 inside it.
   *
   * @return the port
   */
  int secure(List<String> hosts, int port, SSLContext certificates) throws IOException {
    var http2 = new Http2OpenListener(buffers, HTTP);
    http2.setRootHandler(http.getRootHandler());
    var either =
        new AlpnOpenListener(buffers, HTTP, http).addProtocol(Http2OpenListener.HTTP2, http2, 10);
    ChannelListener<AcceptingChannel<SslConnection>> accept =
        ChannelListeners.openListenerAdapter(either);
    var options = OptionMap.create(Options.USE_DIRECT_BUFFERS, true);
    var tls = new UndertowXnioSsl(worker.getXnio(), options, buffers, certificates);
    return bind(hosts, port, to -> tls.createSslConnectionServer(worker, to, accept, socket));
  }

  /** Further clients wait in the backlog: each takes two descriptors, one towards its backend. */
  private static int mostConnections() {
    return Math.max(LEAST_CONNECTIONS, (FileLimit.left() - OTHER_FILES) / 2);
  }

  private interface Opener {
    AcceptingChannel<? extends StreamConnection> open(InetSocketAddress address) throws IOException;
  }

  /** One port on all addresses; the first says which, when any will do. */
  private int bind(List<String> hosts, int port, Opener opener) throws IOException {
    int bound = port;
    for (String host : hosts) {
      InetAddress address = InetAddress.getByName(host);
      if (!host.equals(hosts.getFirst()) && !isOurs(address)) continue;
      var server = opener.open(new InetSocketAddress(address, bound));
      servers.add(server);
      bound = portOf(server);
    }
    servers.forEach(AcceptingChannel::resumeAccepts);
    return bound;
  }

  private static int portOf(AcceptingChannel<? extends StreamConnection> server) {
    return server.getLocalAddress(InetSocketAddress.class).getPort();
  }

  /** Many a machine has no IPv6, and so no {@code ::1}. */
  private static boolean isOurs(InetAddress address) throws IOException {
    return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
  }

  int port() {
    return portOf(servers.getFirst());
  }

  /**
   * Closes everything at once. No thread stays in a system call: one that does would hold up the
   * exit of the JVM for 300 ms.
   */
  @Override
  public void close() {
    servers.forEach(IoUtils::safeClose);
    worker.shutdownNow();
  }
}
