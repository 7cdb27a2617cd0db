package jlocal.os;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The files the JDK opens while it starts a process. When it cannot have them all, it closes number
 * 0 as well, which it never opened (JDK 25, {@code forkAndExec}: the numbers it did not get to are
 * 0): our stdin, and then whatever another thread has opened under that number.
 */
final class DescriptorReserve {
  /** Twelve at most, our own pipe or terminal included, and some that others may open meanwhile. */
  private static final int FOR_ONE = 20;

  private static final int FOR_TWO = FOR_ONE + 12;
  private static final Object LOOK = new Object();

  private DescriptorReserve() {}

  /** Starts one process. */
  @FunctionalInterface
  interface Start {
    Child run() throws SpawnFailure;
  }

  /**
   * Makes sure that they are to be had, and starts the process; where there are not enough for two,
   * only while no other is started.
   *
   * @throws SpawnFailure if they are not to be had
   */
  static Child start(Start start) throws SpawnFailure {
    if (areThere(FOR_TWO)) return start.run();
    synchronized (LOOK) {
      take(FOR_ONE);
      return start.run();
    }
  }

  private static boolean areThere(int wanted) {
    synchronized (LOOK) {
      try {
        take(wanted);
        return true;
      } catch (SpawnFailure _) {
        return false;
      }
    }
  }

  private static void take(int wanted) throws SpawnFailure {
    Deque<FileInputStream> files = new ArrayDeque<>(wanted);
    try {
      while (files.size() < wanted) files.push(new FileInputStream("/dev/null"));
    } catch (IOException e) {
      throw SpawnFailure.tooManyFiles(e);
    } finally {
      files.forEach(DescriptorReserve::close);
    }
  }

  private static void close(FileInputStream file) {
    try {
      file.close();
    } catch (IOException _) {
      // It was only read from.
    }
  }
}
