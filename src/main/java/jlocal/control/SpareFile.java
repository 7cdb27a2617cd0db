package jlocal.control;

import java.io.FileInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file descriptor kept for the client that comes when all others are in use. */
final class SpareFile {
  private @Nullable FileInputStream file;

  SpareFile() {
    take();
  }

  boolean isThere() {
    return file != null;
  }

  /** Takes one, if there is none yet and one is to be had. */
  void take() {
    if (file != null) return;
    try {
      file = new FileInputStream("/dev/null");
    } catch (IOException _) {
      file = null; // The next round tries again.
    }
  }

  /** Gives it up; whether there was one. */
  boolean spend() {
    if (file == null) return false;
    try (var _ = file) {
      return true;
    } catch (IOException _) {
      return true;
    } finally {
      file = null;
    }
  }
}
