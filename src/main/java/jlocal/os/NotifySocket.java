package jlocal.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Receives the sd_notify(3) messages of one process. Calls the C library, since the JDK has no UNIX
 * datagram sockets. The kernel closes file descriptors that come with a message (BARRIER=1), as the
 * protocol requires, because no buffer is provided for them.
 */
public final class NotifySocket implements AutoCloseable {
  /** The variable with the path of the socket. */
  public static final String VARIABLE = "NOTIFY_SOCKET";

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = Machine.isMac() ? 0 : 0x80000;

  /** struct sockaddr_un: the path follows two bytes, and may have this many with its NUL. */
  private static final int MAX_PATH = Machine.isMac() ? 104 : 108;

  private static final int MAX_MESSAGE = 4096;
  private static final int EINTR = 4;

  private final int descriptor;
  private final Path path;

  private NotifySocket(int descriptor, Path path) {
    this.descriptor = descriptor;
    this.path = path;
  }

  /**
   * Opens the socket and reads it on a thread of its own.
   *
   * @param path in a private folder
   * @param listener gets the lines of each message
   */
  public static NotifySocket open(Path path, Consumer<List<String>> listener) throws IOException {
    if (!Machine.hasNativeAccess()) throw new IOException("this JVM cannot call the C library");
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= MAX_PATH) throw new IOException("too long for a socket: " + path);
    Files.deleteIfExists(path);
    int descriptor = Libc.call(Libc.link("socket"), AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) throw new IOException("socket: errno " + -descriptor);
    var socket = new NotifySocket(descriptor, path);
    int bound = socket.bind(name);
    if (bound < 0) {
      socket.close();
      throw new IOException(path + ": errno " + -bound);
    }
    Threads.optional("notify", () -> socket.read(listener));
    return socket;
  }

  private int bind(byte[] name) {
    try (Arena arena = Arena.ofConfined()) {
      int size = 2 + MAX_PATH;
      MemorySegment address = arena.allocate(size, 2);
      if (Machine.isMac()) {
        address.set(ValueLayout.JAVA_BYTE, 0, (byte) size);
        address.set(ValueLayout.JAVA_BYTE, 1, (byte) AF_UNIX);
      } else {
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      }
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
      return Libc.call(Libc.link("bind"), descriptor, address.address(), size);
    }
  }

  private void read(Consumer<List<String>> listener) {
    var receive = Libc.link("recv");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(MAX_MESSAGE);
      while (true) {
        int length = Libc.call(receive, descriptor, message.address(), MAX_MESSAGE, 0);
        if (length == -EINTR) continue;
        if (length < 0) return; // Closed.
        byte[] text = message.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        listener.accept(new String(text, StandardCharsets.UTF_8).lines().toList());
      }
    }
  }

  /** The value for {@link #VARIABLE}. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    Tty.close(descriptor);
    Cleanup.delete(path);
  }
}
