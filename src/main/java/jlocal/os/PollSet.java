package jlocal.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Descriptors for poll(2), as an array of struct pollfd of 8 bytes each. */
final class PollSet {
  private static final int BYTES = 8;
  private static final int EVENTS = 4;
  private static final int RETURNED = 6;
  private static final short POLLIN = 1;

  private final MemorySegment descriptors;
  private final int count;

  PollSet(List<Integer> wanted) {
    count = wanted.size();
    descriptors = Arena.ofAuto().allocate((long) count * BYTES, 4);
    for (int i = 0; i < count; i++) {
      descriptors.set(ValueLayout.JAVA_INT, (long) i * BYTES, wanted.get(i));
      descriptors.set(ValueLayout.JAVA_SHORT, (long) i * BYTES + EVENTS, POLLIN);
    }
  }

  /** Watches one descriptor for the end of its reader only, and another for input. */
  static PollSet endOf(int written, int read) {
    var set = new PollSet(List.of(written, read));
    set.descriptors.set(ValueLayout.JAVA_SHORT, EVENTS, (short) 0);
    return set;
  }

  /** Waits until one has input or has ended. */
  void await() {
    Tty.poll(descriptors, count, -1);
  }

  /** Waits until one has input or has ended, at most this many milliseconds. */
  void await(int limit) {
    Tty.poll(descriptors, count, limit);
  }

  /** Whether the descriptor at an index has input or has ended. */
  boolean isReady(int index) {
    return descriptors.get(ValueLayout.JAVA_SHORT, (long) index * BYTES + RETURNED) != 0;
  }
}
