package jlocal.os;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Gives up what is of no use any more; that this fails changes nothing. */
public final class Cleanup {
  private Cleanup() {}

  public static void close(@Nullable Closeable thing) {
    try {
      if (thing != null) thing.close();
    } catch (IOException _) {
      // All that could be done with it has been done.
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
