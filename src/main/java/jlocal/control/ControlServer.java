package jlocal.control;

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
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import jlocal.os.SpawnFailure;
import jlocal.os.Threads;
import org.jspecify.annotations.Nullable;

/**
 * The control server of a running app. One thread accepts connections and reads request lines
 * without blocking; each complete request runs on its own thread. Slow or malformed clients
 * therefore cannot block others.
 */
public final class ControlServer implements AutoCloseable {
  private static final int MOST_VISITORS = 256;
  private static final int MAX_SESSIONS = 64;

  /** So many can be answered when the system has no thread to give. */
  private static final int THREADS = 2;

  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final String NO_FILES =
      "jlocal has used up its open files (see ulimit -n); 'jlocal stop' works nevertheless";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration BREATH = Duration.ofMillis(100);
  private static final Duration MOMENT = Duration.ofMillis(300);

  private final Path folder;
  private final RequestHandler handler;
  private final Selector selector;
  private final ServerSocketChannel door;
  private final Deque<RequestReader> pending = new ArrayDeque<>();
  private final List<RequestReader> heard = new ArrayList<>();
  private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Threads.growing(THREADS, MAX_SESSIONS, IDLE, "control client");
  private final SpareFile spare = new SpareFile();
  private final Thread thread = Thread.ofPlatform().name("control").daemon().unstarted(this::run);
  private @Nullable SelectionKey shut;
  private boolean spentNow;
  private volatile boolean closing;

  private ControlServer(
      Path folder, RequestHandler handler, Selector selector, ServerSocketChannel door) {
    this.folder = folder;
    this.handler = handler;
    this.selector = selector;
    this.door = door;
  }

  /** Opens the claim's socket, for its owner only. */
  public static ControlServer open(Claim claim, RequestHandler handler) throws IOException {
    var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    Path socket = claim.socket();
    door.bind(UnixDomainSocketAddress.of(socket), MOST_VISITORS);
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    door.configureBlocking(false);
    Selector selector = Selector.open();
    door.register(selector, SelectionKey.OP_ACCEPT);
    var folder = socket.toAbsolutePath().getParent();
    var server = new ControlServer(folder == null ? socket : folder, handler, selector, door);
    server.thread.start();
    return server;
  }

  private void run() {
    while (!closing) {
      try {
        round();
      } catch (IOException _) {
        LockSupport.parkNanos(this, BREATH.toNanos()); // What failed is as ready as before.
      } catch (RuntimeException | Error failure) {
        Threads.report(failure);
        LockSupport.parkNanos(this, BREATH.toNanos());
      }
    }
    pending.forEach(reader -> close(reader.channel()));
    close(door);
    close(selector);
  }

  private void round() throws IOException {
    selector.select(mostToWait().toMillis());
    if (shut != null) shut.interestOps(SelectionKey.OP_ACCEPT);
    shut = null;
    spentNow = false;
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.attachment() instanceof RequestReader reader) hear(key, reader);
      else tryToLetIn(key);
    }
    selector.selectedKeys().clear();
    converse();
    if (pending.isEmpty() && !spentNow) spare.take();
    sendAwayTheSilent();
  }

  private Duration mostToWait() {
    if (shut != null) return BREATH;
    return pending.isEmpty() && sessions.isEmpty() ? Duration.ZERO : TICK;
  }

  /** With too many open files the next client is let in for the oldest, or by the spare one. */
  private void tryToLetIn(SelectionKey key) {
    try {
      letIn();
    } catch (IOException _) {
      if (!heard.isEmpty() || makeRoom()) return;
      key.interestOps(0);
      shut = key;
    }
  }

  private boolean makeRoom() {
    RequestReader oldest = pending.peekFirst();
    if (oldest != null && oldest.age(System.nanoTime()) > BREATH.toNanos()) {
      refuse(pending.removeFirst().channel(), NO_FILES);
      return true;
    }
    spentNow = oldest == null && spare.spend();
    return spentNow; // The next round lets the client in.
  }

  private void letIn() throws IOException {
    for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
      channel.configureBlocking(false);
      if (!ControlFolder.isOwner(folder, channel)) {
        refuse(channel, "this app belongs to another user");
        continue;
      }
      var reader = new RequestReader(channel, System.nanoTime());
      pending.addLast(reader);
      hear(channel.register(selector, SelectionKey.OP_READ, reader), reader);
      if (pending.size() > MOST_VISITORS)
        refuse(pending.removeFirst().channel(), "too many clients");
    }
  }

  private void hear(SelectionKey key, RequestReader reader) {
    switch (reader.read()) {
      case SPEAKING -> {}
      case GONE -> {
        pending.remove(reader);
        close(reader.channel());
      }
      case TOO_LONG -> {
        pending.remove(reader);
        refuse(reader.channel(), "a line of more than 64 KB");
      }
      case LINE -> {
        pending.remove(reader);
        key.cancel();
        heard.add(reader);
      }
    }
  }

  /** A channel can block only after the selector has let it go. */
  private void converse() throws IOException {
    if (heard.isEmpty()) return;
    selector.selectNow();
    for (RequestReader reader : heard) {
      var session = new ClientSession(reader, handler, sessions::remove);
      String refusal = session.endsAll() ? null : refusal();
      if (refusal == null) begin(session);
      else refuse(reader.channel(), refusal);
    }
    heard.clear();
  }

  private @Nullable String refusal() {
    if (!spare.isThere()) return NO_FILES;
    return sessions.size() >= MAX_SESSIONS ? "too many clients" : null;
  }

  private void begin(ClientSession session) {
    sessions.add(session);
    try {
      // The end needs no thread: it is only ordered, and awaited by the client.
      if (session.endsAll()) session.run();
      else threads.execute(session);
    } catch (RejectedExecutionException _) {
      sessions.remove(session);
      refuse(session.channel(), "too many clients");
    } catch (OutOfMemoryError refused) {
      sessions.remove(session);
      refuse(session.channel(), "jlocal cannot answer: " + SpawnFailure.reason(refused));
    }
  }

  private void sendAwayTheSilent() {
    long now = System.nanoTime();
    while (!pending.isEmpty() && pending.getFirst().age(now) > PATIENCE.toNanos()) {
      refuse(pending.removeFirst().channel(), "nothing was asked for 5 s");
    }
    sessions.stream().filter(each -> each.isStuck(now)).forEach(ClientSession::disconnect);
  }

  /** Never waits: a line fits into the buffer of a fresh connection. */
  private static void refuse(SocketChannel channel, String why) {
    String line = new Reply.Refused(why, "").line() + "\n";
    try {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException _) {
      // It has gone already.
    }
    close(channel);
  }

  private static void close(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception _) {
      // It is of no use to anybody any more.
    }
  }

  /**
   * Closes the door and ends every session, after a moment for those that are ending anyway.
   * Connections that asked for the end of the app end with this process. Afterwards no thread is
   * left in native code, where it would hold up the end of the JVM.
   */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(MOMENT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    long end = System.nanoTime() + MOMENT.toNanos();
    for (ClientSession session : List.copyOf(sessions)) {
      session.end(Duration.ofNanos(end - System.nanoTime()));
    }
  }
}
