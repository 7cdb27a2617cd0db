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
 * A folder for exported files. A list of their checksums, in the format of {@code sha256sum -c},
 * shows the next export which files are jlocal's and unchanged.
 */
public final class ExportFolder {
  private final Path folder;
  private final Path list;

  /**
   * Creates the object; the folder need not exist.
   *
   * @param label distinguishes several exports into one folder
   */
  public ExportFolder(Path folder, String label) {
    this.folder = folder;
    list = folder.resolve(".jlocal-export." + label);
  }

  /** The kind of a change. */
  public enum Kind {
    NEW,
    CHANGED,
    SAME,
    /** An earlier export wrote it, but this one does not. */
    REMOVED,
    /** Like REMOVED, but the user has changed it since, so it is kept. */
    LEFT
  }

  /**
   * A change of a file.
   *
   * @param lines the differences; none for a file with secrets
   */
  public record Change(String name, Kind kind, List<String> lines) {}

  /**
   * Returns the changes that an export would make.
   *
   * @throws UserError if something other than a file has the name of one
   */
  public List<Change> changes(List<ExportResult.File> files) throws IOException, UserError {
    var changes = new ArrayList<Change>();
    Map<String, String> earlier = earlier();
    for (ExportResult.File file : files) {
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

  /** Writes new and changed files, each atomically, and deletes removed ones. */
  public void apply(List<ExportResult.File> files, List<Change> changes) throws IOException {
    Files.createDirectories(folder);
    var text = new StringBuilder();
    for (ExportResult.File file : files) {
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

  /** Returns the removed lines, after {@code "- "}, and the added ones, after {@code "+ "}. */
  private static List<String> diff(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    // The length of the longest common subsequence after each pair of positions
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

  /** Whether the mode is right: a file with secrets that others may read is written again. */
  private boolean hasMode(ExportResult.File file) throws IOException {
    return !file.isSecret()
        || PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file.name())))
            .endsWith("------");
  }

  /** Returns the checksums of the last export; empty without one. */
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
