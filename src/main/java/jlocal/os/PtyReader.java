package jlocal.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

  /** How long to wait for room in the log, in milliseconds: longer while there is none. */
  private static final int SHORTEST_PAUSE = 1;

  private static final int LONGEST_PAUSE = 32;

  private final Queue<Pty> arrivals = new ConcurrentLinkedQueue<>();
  private final List<Pty> open = new ArrayList<>();

  /** Their log is not read (Ctrl-S, a pager): they wait, and keep no other waiting. */
  private final List<Pty> heldUp = new ArrayList<>();

  private int pause = SHORTEST_PAUSE;
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
        if (heldUp.isEmpty()) set.await();
        else set.await(pause);
        boolean changed = carryAll(set, buffer);
        changed |= carryOn();
        changed |= welcomeArrivals(set, buffer);
        if (changed) set = pollSet();
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

  /** Whether one of them has come to its end, or is held up. */
  private boolean carryAll(PollSet set, MemorySegment buffer) {
    var gone = new ArrayList<Pty>();
    for (int i = 0; i < open.size(); i++) {
      if (set.hasNews(i + 1) && !carry(open.get(i), buffer)) gone.add(open.get(i));
    }
    if (heldUp.isEmpty()) pause = SHORTEST_PAUSE;
    gone.stream().filter(Pty::isHeldUp).forEach(heldUp::add);
    return open.removeAll(gone);
  }

  /** Carries what is there; false at the end, which on Linux is an error (EIO), or if held up. */
  private static boolean carry(Pty pty, MemorySegment buffer) {
    int count = Tty.read(pty.master(), buffer);
    try {
      if (count > 0) pty.carry(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
      if (count > 0 && !pty.isHeldUp()) return true;
      if (count <= 0) pty.end();
    } catch (IOException _) {
      pty.end(); // Nobody reads the log any more.
    }
    return false;
  }

  /** Whether one that was held up goes on, or has ended. */
  private boolean carryOn() {
    boolean any = false;
    var before = List.copyOf(heldUp);
    for (Pty pty : before) {
      try {
        any |= pty.carryOn();
        if (!pty.isHeldUp()) open.add(pty);
      } catch (IOException _) {
        pty.end();
        heldUp.remove(pty);
      }
    }
    heldUp.removeIf(pty -> !pty.isHeldUp());
    pause = any ? SHORTEST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
    return heldUp.size() != before.size();
  }
}
