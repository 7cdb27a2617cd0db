package jlocal.addons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jlocal.os.Helper;

/** Runs programs that refuse to run as root, as another user. */
final class OtherUser {
  /** Nobody in a user namespace, while its files stay root's; user_namespaces(7). */
  private static final String NAMESPACE = "unshare -U ";

  private static final String NOBODY = "setpriv --reuid=nobody --regid=65534 --clear-groups ";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private OtherUser() {}

  /** Returns the prefix of a command. */
  static String prefix() throws IOException {
    for (String prefix : List.of(NAMESPACE, NOBODY)) {
      if (works(prefix)) return prefix;
    }
    throw new IOException("it does not run as root, and neither unshare nor setpriv work here");
  }

  private static boolean works(String prefix) {
    try {
      String line = prefix + "sh -c '[ \"$(id -u)\" != 0 ]'";
      return Helper.run(List.of("/bin/sh", "-c", line), Map.of(), TIMEOUT).status() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  /** Gives a folder and its contents to the other user. */
  static void give(Path folder, String prefix) throws IOException {
    if (!prefix.equals(NOBODY)) return;
    var nobody =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try (var all = Files.walk(folder)) {
      for (Path file : all.toList()) Files.setOwner(file, nobody);
    }
  }

  /** Gives the other user an empty folder, and access to it. */
  static void open(Path above, Path folder, String prefix) throws IOException {
    if (!prefix.equals(NOBODY)) return;
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
    give(folder, prefix);
  }
}
