package jlocal.router;

import io.undertow.UndertowOptions;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

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
          .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, MINUTE / 2)
          .set(UndertowOptions.NO_REQUEST_TIMEOUT, MINUTE)
          .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
          .getMap();

  private final XnioWorker worker;
  private final HttpOpenListener http;
  private final Runnable sawTls;
  private final List<AcceptingChannel<? extends StreamConnection>> servers = new ArrayList<>();

  private Front(XnioWorker worker, Buffers buffers, Entrance entrance) {
    this.worker = worker;
    http = new HttpOpenListener(buffers, HTTP);
    http.setRootHandler(entrance);
    sawTls = entrance::sawTls;
  }

  /**
   * Listens.
   *
   * @throws BindException when the port is taken on one of the addresses
   */
  static Front open(List<String> hosts, int port, Buffers buffers, Entrance entrance)
      throws IOException {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    XnioWorker worker =
        Xnio.getInstance(Front.class.getClassLoader())
            .createWorker(
                OptionMap.builder()
                    .set(Options.WORKER_NAME, "router")
                    .set(Options.WORKER_IO_THREADS, threads)
                    .set(Options.WORKER_TASK_CORE_THREADS, 1)
                    .set(Options.WORKER_TASK_MAX_THREADS, 1)
                    .set(Options.THREAD_DAEMON, true)
                    .getMap());
    var front = new Front(worker, buffers, entrance);
    try {
      front.listen(hosts, port);
    } catch (IOException | RuntimeException e) {
      front.close();
      throw e;
    }
    return front;
  }

  private void listen(List<String> hosts, int port) throws IOException {
    bind(new InetSocketAddress(InetAddress.getByName(hosts.getFirst()), port));
    for (String host : hosts.subList(1, hosts.size())) {
      InetAddress address = InetAddress.getByName(host);
      if (isOurs(address)) bind(new InetSocketAddress(address, port()));
    }
  }

  /** Many a machine has no IPv6, and so no {@code ::1}. */
  private static boolean isOurs(InetAddress address) throws IOException {
    return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
  }

  private void bind(InetSocketAddress address) throws IOException {
    OptionMap options =
        OptionMap.builder()
            .set(Options.WORKER_IO_THREADS, worker.getIoThreadCount())
            .set(Options.TCP_NODELAY, true)
            .set(Options.REUSE_ADDRESSES, true)
            .set(Options.BALANCING_TOKENS, 1)
            .set(Options.BALANCING_CONNECTIONS, 2)
            .set(Options.BACKLOG, 4_096)
            .getMap();
    var server =
        worker.createStreamConnectionServer(
            address, ChannelListeners.openListenerAdapter(this::accepted), options);
    servers.add(server);
    server.resumeAccepts();
  }

  private void accepted(StreamConnection client) {
    HeadGuard.before(client, sawTls);
    http.handleEvent(client);
  }

  int port() {
    return servers.getFirst().getLocalAddress(InetSocketAddress.class).getPort();
  }

  /** Takes no more connections; those that are open go on. */
  void stopListening() {
    servers.forEach(IoUtils::safeClose);
  }

  /**
   * Closes everything at once. No thread stays in a system call: one that does would hold up the
   * exit of the JVM for 300 ms.
   */
  @Override
  public void close() {
    stopListening();
    worker.shutdownNow();
  }
}
