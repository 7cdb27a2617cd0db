package jlocal.addons;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import jlocal.os.PrivateFiles;

/**
 * A folder of messages, one file each. One process adds messages; others may read.
 *
 * @param folder need not exist for reading
 */
public record Mailbox(Path folder) {
  private static final int MOST_MESSAGES = 500;
  private static final long MOST_BYTES = 200L << 20;
  private static final String ENDING = ".eml";

  /** The arrival time of a message in milliseconds, or the next free number. */
  private static final Pattern ID = Pattern.compile("[0-9]{13}");

  /** Writes a message. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream file) throws IOException;
  }

  /** Keeps a message, or nothing if it throws; deletes the oldest if there are too many. */
  synchronized void keep(Content content) throws IOException {
    Path draft = Files.createTempFile(folder, "", ".new", PrivateFiles.FILE);
    try {
      try (var file = new BufferedOutputStream(Files.newOutputStream(draft))) {
        content.writeTo(file);
      }
      List<String> others = ids();
      long last = others.isEmpty() ? 0 : Long.parseLong(others.getFirst());
      long id = Math.max(System.currentTimeMillis(), last + 1);
      Files.move(draft, file(Long.toString(id)), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    long bytes = 0;
    int count = 0;
    for (String id : ids()) {
      bytes += Files.size(file(id));
      if (++count > MOST_MESSAGES || bytes > MOST_BYTES) Files.delete(file(id));
    }
  }

  /** Returns all messages, the newest first. */
  public List<String> ids() throws IOException {
    var ids = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String id = name.substring(0, name.length() - ENDING.length());
        if (ID.matcher(id).matches()) ids.add(id);
      }
    } catch (NoSuchFileException _) {
      // It has no messages yet.
    }
    ids.sort(Comparator.reverseOrder());
    return ids;
  }

  /**
   * Returns the file of a message.
   *
   * @throws NoSuchFileException if the id is invalid
   */
  public Path file(String id) throws IOException {
    if (!ID.matcher(id).matches()) throw new NoSuchFileException(id);
    return folder.resolve(id + ENDING);
  }

  /** Deletes all messages. */
  public void clear() throws IOException {
    for (String id : ids()) Files.deleteIfExists(file(id));
  }
}
