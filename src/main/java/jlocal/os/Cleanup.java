package jlocal.os;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Closes and deletes objects that are no longer needed, and ignores failures. */
public final class Cleanup {
  private Cleanup() {}

  public static void close(@Nullable Closeable thing) {
    try {
      if (thing != null) thing.close();
    } catch (IOException _) {
      // Nothing else can be done.
    }
  }

  /** Deletes a file, or an empty folder. */
  public static void delete(@Nullable Path file) {
    try {
      if (file != null) Files.deleteIfExists(file);
    } catch (IOException _) {
      // It is a folder with files, or another user's.
    }
  }
}
