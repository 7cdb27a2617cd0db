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
 * wait for. One thread for all of them waits in poll(2).
 */
final class PtyReader implements Runnable, AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  /** How long to wait for room in the log, in milliseconds: longer while there is none. */
  private static final int SHORTEST_PAUSE = 1;

  private static final int LONGEST_PAUSE = 32;

  private final Queue<Pty> arrivals = new ConcurrentLinkedQueue<>();
  private final List<Pty> open = new ArrayList<>();

  /** Their log is not read (Ctrl-S, a pager): they wait, and keep no other waiting. */
  private final List<Pty> blocked = new ArrayList<>();

  private int pause = SHORTEST_PAUSE;
  private final WakeupPipe wakeup;
  private final int wakeupDescriptor;
  private volatile boolean closing;

  private PtyReader(WakeupPipe wakeup) {
    this.wakeup = wakeup;
    wakeupDescriptor = wakeup.descriptor();
  }

  static PtyReader start() throws IOException {
    var reader = new PtyReader(WakeupPipe.open());
    Thread.ofPlatform().name("terminals").daemon().start(reader);
    return reader;
  }

  /** Reads it from now on, until its end. */
  void read(Pty pty) {
    arrivals.add(pty);
    wakeup.wakeup();
  }

  /** Ends the thread: the JVM waits 300 ms at its end for a thread in native code. */
  @Override
  public void close() {
    closing = true;
    wakeup.wakeup();
  }

  @Override
  public void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER);
      PollSet set = pollSet();
      while (!closing) {
        if (blocked.isEmpty()) set.await();
        else set.await(pause);
        boolean changed = copyAll(set, buffer);
        changed |= flush();
        changed |= addArrivals(set, buffer);
        if (changed) set = pollSet();
      }
    }
  }

  /** The wakeup comes first. */
  private PollSet pollSet() {
    var descriptors = new ArrayList<Integer>();
    descriptors.add(wakeupDescriptor);
    open.forEach(pty -> descriptors.add(pty.master()));
    return new PollSet(descriptors);
  }

  private boolean addArrivals(PollSet set, MemorySegment buffer) {
    if (!set.isReady(0)) return false;
    Tty.read(wakeupDescriptor, buffer);
    for (Pty pty = arrivals.poll(); pty != null; pty = arrivals.poll()) open.add(pty);
    return true;
  }

  /** Whether one of them has come to its end, or is held up. */
  private boolean copyAll(PollSet set, MemorySegment buffer) {
    var gone = new ArrayList<Pty>();
    for (int i = 0; i < open.size(); i++) {
      if (set.isReady(i + 1) && !copy(open.get(i), buffer)) gone.add(open.get(i));
    }
    if (blocked.isEmpty()) pause = SHORTEST_PAUSE;
    gone.stream().filter(Pty::isBlocked).forEach(blocked::add);
    return open.removeAll(gone);
  }

  /** Carries what is there; false at the end, which on Linux is an error (EIO), or if held up. */
  private static boolean copy(Pty pty, MemorySegment buffer) {
    int count = Tty.read(pty.master(), buffer);
    try {
      if (count > 0) pty.copy(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
      if (count > 0 && !pty.isBlocked()) return true;
      if (count <= 0) pty.end();
    } catch (IOException _) {
      pty.end(); // The log has ended.
    }
    return false;
  }

  /** Whether one that was held up goes on, or has ended. */
  private boolean flush() {
    boolean any = false;
    var before = List.copyOf(blocked);
    for (Pty pty : before) {
      try {
        any |= pty.flush();
        if (!pty.isBlocked()) open.add(pty);
      } catch (IOException _) {
        pty.end();
        blocked.remove(pty);
      }
    }
    blocked.removeIf(pty -> !pty.isBlocked());
    pause = any ? SHORTEST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
    return blocked.size() != before.size();
  }
}
