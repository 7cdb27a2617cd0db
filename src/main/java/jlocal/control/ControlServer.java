package jlocal.control;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import jlocal.json.JsonFields.Malformed;
import jlocal.os.Cleanup;
import jlocal.os.SpawnFailure;
import jlocal.os.Threads;
import org.jspecify.annotations.Nullable;

/**
 * The control server of a running app. One thread accepts connections and reads request lines
 * without blocking; each complete request runs on its own thread. Slow or malformed clients
 * therefore cannot block others.
 */
public final class ControlServer implements AutoCloseable {
  /** How many clients may be connected without having sent a request. */
  private static final int MAX_PENDING = 256;

  private static final int MAX_SESSIONS = 64;

  /** The number of clients served even if no more threads can be created. */
  private static final int THREADS = 2;

  private static final Duration THREAD_IDLE_TIMEOUT = Duration.ofSeconds(10);

  private static final String TOO_MANY = "too many clients";
  private static final String NO_FILES =
      "jlocal has no open files left (see ulimit -n); 'jlocal stop' still works";

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  /** The delay before accepting again without a descriptor. */
  private static final Duration ACCEPT_RETRY = Duration.ofMillis(100);

  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(300);

  private final Path folder;
  private final RequestHandler handler;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final SelectionKey accepting;
  private final Deque<ClientLines> pending = new ArrayDeque<>();
  private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Threads.growing(THREADS, MAX_SESSIONS, THREAD_IDLE_TIMEOUT, "control client");
  private final Thread thread = Thread.ofPlatform().name("control").daemon().unstarted(this::run);
  private volatile boolean closing;

  /** A descriptor to release for the next client when all others are in use. */
  private @Nullable FileInputStream spare = openSpare();

  private ControlServer(
      Path socket, RequestHandler handler, Selector selector, ServerSocketChannel server)
      throws IOException {
    folder = Objects.requireNonNull(socket.toAbsolutePath().getParent());
    this.handler = handler;
    this.selector = selector;
    this.server = server;
    accepting = server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Opens the socket beside the lock, for its owner only. */
  public static ControlServer open(AppLock appLock, RequestHandler handler) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    Path socket = appLock.socket();
    server.bind(UnixDomainSocketAddress.of(socket), MAX_PENDING);
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    server.configureBlocking(false);
    var control = new ControlServer(socket, handler, Selector.open(), server);
    control.thread.start();
    return control;
  }

  private void run() {
    while (!closing) {
      try {
        round();
      } catch (IOException | RuntimeException | Error failure) {
        accepting.interestOps(0);
        Threads.report(failure);
      }
    }
    pending.forEach(client -> Cleanup.close(client.channel()));
    Cleanup.close(server);
    Cleanup.close(selector);
  }

  private void round() throws IOException {
    selector.select(timeout().toMillis());
    accepting.interestOps(SelectionKey.OP_ACCEPT);
    var ready = List.copyOf(selector.selectedKeys());
    selector.selectedKeys().clear();
    boolean accepted = true;
    for (SelectionKey key : ready) {
      if (key.attachment() instanceof ClientLines client) read(key, client);
      else accepted = accept();
    }
    if (accepted && pending.isEmpty() && spare == null) spare = openSpare();
    closeIdle();
  }

  private Duration timeout() {
    if (accepting.interestOps() == 0) return ACCEPT_RETRY;
    return pending.isEmpty() && sessions.isEmpty() ? Duration.ZERO : CHECK_INTERVAL;
  }

  /**
   * Accepts all pending connections. Without a descriptor, closes the oldest client that has sent
   * no request, or the spare descriptor, and the next round accepts.
   */
  private boolean accept() {
    try {
      SocketChannel channel;
      while ((channel = server.accept()) != null) add(channel);
      return true;
    } catch (IOException _) {
      ClientLines oldest = pending.peekFirst();
      boolean isOld = oldest != null && oldest.age() > ACCEPT_RETRY.toNanos();
      if (isOld) refuse(pending.removeFirst().channel(), NO_FILES);
      else if (oldest == null && spare != null) Cleanup.close(spare);
      else accepting.interestOps(0);
      if (oldest == null) spare = null;
      return false;
    }
  }

  private void add(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    if (!ControlFolder.isOwner(folder, channel)) {
      refuse(channel, "this app belongs to another user");
      return;
    }
    var client = new ClientLines(channel);
    pending.addLast(client);
    channel.register(selector, SelectionKey.OP_READ, client);
    if (pending.size() > MAX_PENDING) refuse(pending.removeFirst().channel(), TOO_MANY);
  }

  private void read(SelectionKey key, ClientLines client) {
    try {
      String line = client.next();
      if (line == null) return;
      pending.remove(client);
      key.cancel();
      selector.selectNow(); // A channel can block only after the selector has released it.
      begin(Request.read(line), client);
    } catch (Malformed e) {
      pending.remove(client);
      refuse(client.channel(), String.valueOf(e.getMessage()));
    } catch (IOException _) {
      pending.remove(client);
      Cleanup.close(client.channel());
    }
  }

  private void begin(Request request, ClientLines client) {
    String refusal = null;
    if (!request.endsApp() && spare == null) refusal = NO_FILES;
    if (!request.endsApp() && sessions.size() >= MAX_SESSIONS) refusal = TOO_MANY;
    if (refusal == null) refusal = start(request, client);
    if (refusal != null) refuse(client.channel(), refusal);
  }

  /** Returns why it could not be started; null if it was. */
  private @Nullable String start(Request request, ClientLines client) {
    var session = new ClientSession(request, client, handler, sessions::remove);
    sessions.add(session);
    try {
      // Ending the app needs no thread: it is only requested here.
      if (request.endsApp()) session.run();
      else threads.execute(session);
      return null;
    } catch (RejectedExecutionException _) {
      sessions.remove(session);
      return TOO_MANY;
    } catch (OutOfMemoryError refused) {
      sessions.remove(session);
      return "jlocal cannot answer: " + SpawnFailure.reason(refused);
    }
  }

  private void closeIdle() {
    while (!pending.isEmpty() && pending.getFirst().age() > REQUEST_TIMEOUT.toNanos()) {
      refuse(pending.removeFirst().channel(), "no request for 5 s");
    }
    long now = System.nanoTime();
    sessions.stream().filter(each -> each.isStuck(now)).forEach(ClientSession::disconnect);
  }

  /** Never blocks: a line fits into the buffer of a fresh connection. */
  private static void refuse(SocketChannel channel, String why) {
    String line = new Reply.Refused(why, "").line() + "\n";
    try {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException _) {
      // It is closed already.
    }
    Cleanup.close(channel);
  }

  private static @Nullable FileInputStream openSpare() {
    try {
      return new FileInputStream("/dev/null");
    } catch (IOException _) {
      return null; // A later round tries again.
    }
  }

  /**
   * Closes the socket and ends every session, after a moment for those that are ending anyway.
   * Connections that asked for the end of the app end with this process. Afterwards no thread is in
   * native code, where it would delay the exit of the JVM.
   */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(CLOSE_TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    for (ClientSession session : List.copyOf(sessions)) {
      session.end(Duration.ofNanos(end - System.nanoTime()));
    }
  }
}
