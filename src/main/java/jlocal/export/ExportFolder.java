package jlocal.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A folder into which an app is exported. A list of the files and their checksums, which {@code
 * sha256sum -c} can read, tells at the next export which of them are jlocal's and unchanged.
 */
public final class ExportFolder {
  private final Path folder;
  private final Path list;

  /**
   * A folder, which need not be there.
   *
   * @param label tells the exports into one folder apart
   */
  public ExportFolder(Path folder, String label) {
    this.folder = folder;
    list = folder.resolve(".jlocal-export." + label);
  }

  /** What becomes of a file. */
  public enum Kind {
    NEW,
    CHANGED,
    SAME,
    /** An earlier export has made it, and this one does not. */
    REMOVED,
    /** The same, but somebody has changed it since. */
    LEFT
  }

  /**
   * A file, and what becomes of it.
   *
   * @param lines how it changes; none of a file with secrets
   */
  public record Change(String name, Kind kind, List<String> lines) {}

  /**
   * What an export would change here.
   *
   * @throws UserError when something else than a file is in its place
   */
  public List<Change> changes(List<Export.File> files) throws IOException, UserError {
    var changes = new ArrayList<Change>();
    Map<String, String> earlier = earlier();
    for (Export.File file : files) {
      earlier.remove(file.name());
      String before = text(file.name());
      boolean isSame = file.text().equals(before) && hasMode(file);
      Kind kind = before == null ? Kind.NEW : isSame ? Kind.SAME : Kind.CHANGED;
      List<String> lines =
          before == null || isSame || file.isSecret() ? List.of() : diff(before, file.text());
      changes.add(new Change(file.name(), kind, lines));
    }
    for (var file : earlier.entrySet()) {
      String text = text(file.getKey());
      if (text == null) continue;
      boolean isOurs = file.getValue().equals(checksum(text));
      changes.add(new Change(file.getKey(), isOurs ? Kind.REMOVED : Kind.LEFT, List.of()));
    }
    return changes;
  }

  /** Writes what is new or changed, each file at once or not at all, and removes what goes. */
  public void apply(List<Export.File> files, List<Change> changes) throws IOException {
    Files.createDirectories(folder);
    var text = new StringBuilder();
    for (Export.File file : files) {
      text.append(checksum(file.text()) + "  " + file.name() + "\n");
      boolean isSame = changes.contains(new Change(file.name(), Kind.SAME, List.of()));
      if (!isSame) write(folder.resolve(file.name()), file.text(), file.isSecret());
    }
    for (Change change : changes) {
      if (change.kind() == Kind.REMOVED) Files.deleteIfExists(folder.resolve(change.name()));
    }
    String names = text.toString();
    if (!Files.exists(list) || !Files.readString(list).equals(names)) write(list, names, false);
  }

  private static void write(Path file, String text, boolean isSecret) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) Files.createDirectories(parent);
    Path next = Files.createTempFile(parent, ".jlocal", ".new");
    try {
      Files.writeString(next, text);
      var mode = isSecret ? "rw-------" : "rw-r--r--";
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString(mode));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** The lines that go, after {@code "- "}, and those that come, after {@code "+ "}. */
  private static List<String> diff(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    // The length of the longest common subsequence behind each pair of places.
    var common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        boolean isSame = old.get(i).equals(now.get(j));
        int either = Math.max(common[i + 1][j], common[i][j + 1]);
        common[i][j] = isSame ? common[i + 1][j + 1] + 1 : either;
      }
    }
    var lines = new ArrayList<String>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      boolean isEnd = i == old.size() || j == now.size();
      if (!isEnd && old.get(i).equals(now.get(j))) {
        i++;
        j++;
      } else if (j == now.size() || (!isEnd && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + old.get(i++));
      } else {
        lines.add("+ " + now.get(j++));
      }
    }
    return lines;
  }

  /** A file with secrets that others may read is to be written again. */
  private boolean hasMode(Export.File file) throws IOException {
    return !file.isSecret()
        || PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file.name())))
            .endsWith("------");
  }

  /** The checksums of the files of the last export; without one, none. */
  private Map<String, String> earlier() throws IOException {
    var files = new LinkedHashMap<String, String>();
    if (!Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)) return files;
    for (String line : Files.readAllLines(list)) {
      String[] words = line.split("  ", 2);
      boolean isInside = words.length == 2 && !words[1].startsWith("/") && !words[1].contains("..");
      if (isInside) files.put(words[1], words[0]);
    }
    return files;
  }

  private @Nullable String text(String name) throws IOException, UserError {
    Path file = folder.resolve(name);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return null;
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(Files.readAllBytes(file), UTF_8);
    }
    throw new UserError(
        Problem.error(file.toString(), 0, "is not a regular file, so nothing was written"));
  }

  private static String checksum(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
