package jlocal.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Carries what children write to their terminals into pipes, which unlike terminals a Selector can
 * wait for. One thread for all of them; it sleeps in poll(2).
 */
final class PtyReader implements Runnable, AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Queue<Pty> arrivals = new ConcurrentLinkedQueue<>();
  private final List<Pty> open = new ArrayList<>();
  private final Bell bell;
  private final int bellDescriptor;
  private volatile boolean closing;

  private PtyReader(Bell bell) {
    this.bell = bell;
    bellDescriptor = bell.descriptor();
  }

  static PtyReader start() throws IOException {
    var reader = new PtyReader(Bell.hang());
    Thread.ofPlatform().name("terminals").daemon().start(reader);
    return reader;
  }

  /** Reads it from now on, until its end. */
  void read(Pty pty) {
    arrivals.add(pty);
    bell.ring();
  }

  /** Ends the thread: one that sleeps in native code would hold up the end of the JVM. */
  @Override
  public void close() {
    closing = true;
    bell.ring();
  }

  @Override
  public void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER);
      PollSet set = pollSet();
      while (!closing) {
        set.await();
        boolean ended = carryAll(set, buffer);
        boolean arrived = welcomeArrivals(set, buffer);
        if (ended || arrived) set = pollSet();
      }
    }
  }

  /** The bell comes first. */
  private PollSet pollSet() {
    var descriptors = new ArrayList<Integer>();
    descriptors.add(bellDescriptor);
    open.forEach(pty -> descriptors.add(pty.master()));
    return new PollSet(descriptors);
  }

  private boolean welcomeArrivals(PollSet set, MemorySegment buffer) {
    if (!set.hasNews(0)) return false;
    Tty.read(bellDescriptor, buffer);
    for (Pty pty = arrivals.poll(); pty != null; pty = arrivals.poll()) open.add(pty);
    return true;
  }

  /** Whether one of them has come to its end. */
  private boolean carryAll(PollSet set, MemorySegment buffer) {
    var ended = new ArrayList<Pty>();
    for (int i = 0; i < open.size(); i++) {
      if (set.hasNews(i + 1) && !carry(open.get(i), buffer)) ended.add(open.get(i));
    }
    ended.forEach(Pty::closeMaster);
    return open.removeAll(ended);
  }

  /** Carries what is there; false at the end, which on Linux is an error (EIO). */
  private static boolean carry(Pty pty, MemorySegment buffer) {
    int count = Tty.read(pty.master(), buffer);
    try {
      if (count <= 0) {
        pty.sink().close();
        return false;
      }
      pty.show(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
      ByteBuffer bytes = buffer.asSlice(0, count).asByteBuffer();
      while (bytes.hasRemaining()) pty.sink().write(bytes);
      return true;
    } catch (IOException _) {
      return false; // Nobody reads the log any more.
    }
  }
}
