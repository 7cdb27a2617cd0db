package jlocal.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Identifies an app of this machine by its root and its Procfile, however their paths are written.
 *
 * @param root the root's real path
 * @param procfile the Procfile's real path
 */
public record AppKey(String root, String procfile) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  public static AppKey of(Path root, Path procfile) {
    Path file = procfile.toAbsolutePath().normalize();
    Path folder = file.getParent();
    String real = folder == null ? file.toString() : real(folder).resolve(name(file)).toString();
    return new AppKey(real(root.toAbsolutePath()).toString(), real);
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException _) {
      return folder.normalize(); // It does not exist, so nothing runs in it.
    }
  }

  /** The prefix of its file names: short, whatever the paths are. */
  public String fileName() {
    return rootPart() + HexFormat.of().toHexDigits(hash(root + "\0" + procfile));
  }

  /** The prefix of the file names of all apps with this root. */
  String rootPart() {
    return HexFormat.of().toHexDigits((int) hash(root)) + "-";
  }

  /** FNV-1a, 64 bits: no attacker gains from a collision. */
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    return hash;
  }
}
