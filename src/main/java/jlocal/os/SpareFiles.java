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
final class SpareFiles {
  /** Twelve at most, our own pipe or terminal included, and some that others may open meanwhile. */
  private static final int WANTED = 20;

  private SpareFiles() {}

  /**
   * Makes sure that they are to be had.
   *
   * @throws SpawnFailure if they are not
   */
  static void check() throws SpawnFailure {
    Deque<FileInputStream> files = new ArrayDeque<>(WANTED);
    try {
      while (files.size() < WANTED) files.push(new FileInputStream("/dev/null"));
    } catch (IOException e) {
      throw SpawnFailure.tooManyFiles(e);
    } finally {
      files.forEach(SpareFiles::close);
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
