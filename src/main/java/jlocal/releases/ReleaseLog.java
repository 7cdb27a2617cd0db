package jlocal.releases;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import jlocal.os.PrivateFiles;

/**
 * The releases of an app, in a file with mode 0600: one JSON object per line, appended. Incomplete
 * lines are skipped. Keeps the newest hundred releases.
 */
public final class ReleaseLog {
  private static final int MAX_RELEASES = 100;

  private final Path file;

  /**
   * @param folder of the ledgers of all apps
   * @param app identifies the app
   */
  public ReleaseLog(Path folder, String app) {
    byte[] name = app.getBytes(StandardCharsets.UTF_8);
    file = folder.resolve(UUID.nameUUIDFromBytes(name) + ".jsonl");
  }

  /**
   * A release.
   *
   * @param version from 1
   * @param at in milliseconds since 1970
   * @param what a description in one line, without values
   */
  public record Release(long version, long at, String what, FilesSnapshot files) {
    private String line() {
      var env = new ArrayList<Object>();
      files.env().forEach((path, text) -> env.add(fields("path", path, "text", text)));
      var all =
          fields("v", version, "at", at, "what", what, "procfile", files.procfile(), "env", env);
      return JsonWriter.write(all) + "\n";
    }

    private static Object fields(Object... namesAndValues) {
      return JsonFields.of(namesAndValues).values();
    }

    private static Release read(String line) {
      var fields = JsonFields.read(line);
      var env = new LinkedHashMap<String, String>();
      for (JsonFields one : fields.objects("env")) env.put(one.text("path"), one.text("text"));
      var files = new FilesSnapshot(fields.text("procfile"), env);
      return new Release(fields.whole("v"), fields.whole("at"), fields.text("what"), files);
    }
  }

  /** Returns the kept releases, the oldest first; empty if there is no file. */
  public List<Release> releases() throws IOException {
    var releases = new ArrayList<Release>();
    for (String line : lines()) {
      try {
        if (!line.isEmpty()) releases.add(Release.read(line));
      } catch (JsonFields.Malformed _) {
        // Incomplete, since its writer was killed.
      }
    }
    return releases.subList(Math.max(0, releases.size() - MAX_RELEASES), releases.size());
  }

  /** Also reads lines that were cut within a character. */
  private List<String> lines() throws IOException {
    if (!Files.isRegularFile(file)) return List.of();
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  /**
   * Adds a release, unless the files equal those of the last one.
   *
   * @param what the description; empty for the changes
   * @param first the description if it is the first
   * @return the version that the files are now
   */
  public long record(FilesSnapshot now, String what, String first) throws IOException {
    PrivateFiles.createFolders(folder());
    try (FileChannel lock = PrivateFiles.append(file.resolveSibling("lock"));
        var _ = lock.lock()) {
      List<Release> before = releases();
      if (before.isEmpty()) return append(before, new Release(1, time(), first, now));
      Release last = before.getLast();
      if (last.files().equals(now)) return last.version();
      String change = last.files().summary(now);
      String said = what.isEmpty() ? change : what + " (" + change + ")";
      return append(before, new Release(last.version() + 1, time(), said, now));
    }
  }

  private static long time() {
    return System.currentTimeMillis();
  }

  private long append(List<Release> before, Release next) throws IOException {
    // Begins with a line end, which the last line may lack.
    String line = "\n" + next.line();
    if (lines().size() > 4 * MAX_RELEASES) shorten(before);
    try (FileChannel out = PrivateFiles.append(file)) {
      write(line, out);
    }
    return next.version();
  }

  private void shorten(List<Release> kept) throws IOException {
    Path shorter = Files.createTempFile(folder(), "releases", ".new");
    try (FileChannel out = FileChannel.open(shorter, Set.of(StandardOpenOption.WRITE))) {
      for (Release release : kept) write(release.line(), out);
    }
    Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(String text, FileChannel out) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) out.write(bytes);
  }

  private Path folder() {
    return file.resolveSibling("");
  }
}
