package jlocal.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import jlocal.json.JsonFields.Malformed;
import jlocal.os.User;
import org.jspecify.annotations.Nullable;

/** Sends requests to running apps, and finds these. */
public final class ControlClient implements AutoCloseable {
  /** The timeout for replies that may take as long as processes do. */
  public static final Duration FOREVER = Duration.ofDays(365);

  private static final Duration INFO_TIMEOUT = Duration.ofSeconds(2);
  private static final int BUFFER = 64 * 1024;
  private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);

  private ControlClient(SocketChannel channel) throws IOException {
    this.channel = channel;
    selector = Selector.open();
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
  }

  /** Thrown when the app does not reply properly; the message is a sentence. */
  public static final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1;

    NoAnswer(String sentence) {
      super(sentence);
    }
  }

  /**
   * Connects to the app.
   *
   * @return null if it is not running
   * @throws ControlFolder.Unsafe if another user may own the socket
   */
  public static @Nullable ControlClient connect(AppKey app, Map<String, String> environment)
      throws IOException {
    for (Path folder : ControlFolder.existing(environment)) {
      ControlClient client = connect(AppLock.socket(folder, app));
      if (client != null) return client;
    }
    return null;
  }

  /** Connects to a socket; null if no process listens there. */
  static @Nullable ControlClient connect(Path socket) throws IOException {
    if (!Files.exists(socket)) return null;
    Path folder = socket.getParent();
    if (folder == null || User.owner(socket) != User.id()) {
      throw new ControlFolder.Unsafe(socket + " belongs to another user");
    }
    SocketChannel channel;
    try {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException _) {
      return null; // Its owner was killed, or has just ended.
    }
    if (ControlFolder.isOwner(folder, channel)) return new ControlClient(channel);
    channel.close();
    throw new ControlFolder.Unsafe("another user listens on " + socket);
  }

  /** Returns the running apps of this user, the oldest first. */
  public static List<AppInfo> runningApps(Map<String, String> environment) throws IOException {
    return runningApps("", environment);
  }

  /** Returns the running apps with the same root, whatever their Procfiles. */
  public static List<AppInfo> runningApps(AppKey app, Map<String, String> environment)
      throws IOException {
    return runningApps(app.rootPart(), environment).stream()
        .filter(info -> info.root().equals(app.root()))
        .toList();
  }

  private static List<AppInfo> runningApps(String prefix, Map<String, String> environment)
      throws IOException {
    var found = new ArrayList<AppInfo>();
    for (Path folder : ControlFolder.existing(environment)) {
      try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, prefix + "*.sock")) {
        for (Path socket : sockets) {
          AppInfo app = info(socket);
          if (app != null) found.add(app);
        }
      }
      AppLock.clear(folder);
    }
    found.sort(Comparator.comparingLong(AppInfo::startedAt));
    return found;
  }

  /** Returns null if the app was killed, or does not reply. */
  private static @Nullable AppInfo info(Path socket) {
    try (var client = connect(socket)) {
      return client == null ? null : client.info(INFO_TIMEOUT);
    } catch (IOException _) {
      return null;
    }
  }

  /** Asks which app it is; null if the reply is of another kind. */
  public @Nullable AppInfo info(Duration limit) throws IOException {
    return ask(Request.of("info"), limit) instanceof Reply.Info(var app) ? app : null;
  }

  /**
   * Sends a request and waits for the reply.
   *
   * @throws NoAnswer if there is none in time, or it cannot be understood
   */
  public Reply ask(Request request, Duration limit) throws IOException {
    say(request.line());
    try {
      return Reply.read(line(limit));
    } catch (Malformed e) {
      throw new NoAnswer(String.valueOf(e.getMessage()));
    }
  }

  /** Sends a further line; any thread. */
  public synchronized void say(String line) {
    var text = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (text.hasRemaining()) channel.write(text);
    } catch (IOException _) {
      // The server has closed the connection; its reply may say why.
    }
  }

  private String line(Duration limit) throws IOException {
    var line = new ByteArrayOutputStream();
    while (line.size() < LONGEST_ANSWER) {
      while (in.hasRemaining()) {
        byte next = in.get();
        if (next == '\n') return line.toString(StandardCharsets.UTF_8);
        line.write(next);
      }
      if (!fill(limit)) throw new NoAnswer("the app ended without a reply");
    }
    throw new NoAnswer("an incomplete reply");
  }

  /** Waits for bytes; returns false at the end. */
  private boolean fill(Duration limit) throws IOException {
    selector.selectedKeys().clear();
    if (selector.select(limit.toMillis()) == 0) {
      throw new NoAnswer("it does not answer; is it stopped (Ctrl-Z, a debugger)?");
    }
    in.clear();
    int count = read();
    in.flip();
    return count >= 0;
  }

  /** A reset counts as the end of the connection. */
  private int read() {
    try {
      return channel.read(in);
    } catch (IOException _) {
      return -1;
    }
  }

  /** Copies the reply until the connection or the reader of the copy ends. */
  public void copyTo(WritableByteChannel out) throws IOException {
    do {
      try {
        while (in.hasRemaining()) out.write(in);
      } catch (IOException _) {
        return; // jlocal logs | head
      }
    } while (fill(FOREVER));
  }

  /** Ends the request by closing the sending side; any thread. */
  public void hangUp() {
    try {
      channel.shutdownOutput();
    } catch (IOException _) {
      // The server has closed the connection already.
    }
  }

  /** Waits until the other process has closed the connection, which it does with its end. */
  public void awaitEnd() throws IOException {
    while (fill(FOREVER)) in.position(in.limit());
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
