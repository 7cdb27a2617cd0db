package jlocal.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import jlocal.os.PrivateFiles;
import jlocal.os.User;

/**
 * The private folder with the sockets of one user's apps: {@code $XDG_RUNTIME_DIR/jlocal}, else
 * {@code jlocal-UID} in the folder for temporary files. No other user may read it.
 */
public final class ControlFolder {
  private static final String PRIVATE = "rwx------";

  /** The limit of sockaddr_un on all systems; unix(7) has 108 bytes, macOS 104. */
  private static final int MAX_PATH = 103;

  private static final int MAX_NAME = 32;

  private ControlFolder() {}

  /** Thrown when the folder cannot be trusted; the message says why. */
  public static final class Unsafe extends IOException {
    private static final long serialVersionUID = 1;

    Unsafe(String sentence) {
      super(sentence);
    }
  }

  /**
   * Returns the folder for a new socket, created if missing.
   *
   * @throws Unsafe if another user owns it, or may read it
   * @throws IOException with a sentence if it cannot be created
   */
  public static Path open(Map<String, String> environment) throws IOException {
    Path folder = candidates(environment).getFirst();
    try {
      Files.createDirectory(folder, PrivateFiles.FOLDER);
    } catch (FileAlreadyExistsException _) {
      check(folder);
    } catch (FileSystemException e) {
      boolean denied = e instanceof AccessDeniedException;
      String why = denied ? "permission denied" : String.valueOf(e.getReason());
      throw new IOException("the folder " + folder + " cannot be created: " + why, e);
    }
    return folder;
  }

  /**
   * Returns the folders that may have sockets: a terminal without XDG_RUNTIME_DIR finds apps
   * started with it. Folders other than that of {@link #open} are left out if they are not safe.
   *
   * @throws Unsafe as {@link #open}
   */
  static List<Path> existing(Map<String, String> environment) throws IOException {
    var found = new ArrayList<Path>();
    List<Path> all = candidates(environment);
    for (Path folder : all) {
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) continue;
      try {
        check(folder);
        found.add(folder);
      } catch (Unsafe unsafe) {
        if (folder.equals(all.getFirst())) throw unsafe;
      }
    }
    return found;
  }

  private static List<Path> candidates(Map<String, String> environment) throws IOException {
    int user = User.id();
    var folders = new LinkedHashSet<Path>();
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    for (String each : List.of(runtime, "/run/user/" + user)) {
      Path folder = Path.of(each);
      if (!folder.isAbsolute() || !Files.isDirectory(folder)) continue;
      // After sudo it is still the caller's, where root must not leave a folder.
      if (User.owner(folder.toRealPath()) == user) folders.add(folder.resolve("jlocal"));
    }
    String own = "jlocal-" + user;
    String temporary = environment.getOrDefault("TMPDIR", "");
    if (Files.isDirectory(Path.of(temporary)) && !temporary.isEmpty()) {
      folders.add(Path.of(temporary).toAbsolutePath().resolve(own));
    }
    folders.add(Path.of(System.getProperty("java.io.tmpdir")).resolve(own));
    var fitting = folders.stream().filter(ControlFolder::isShortEnough).toList();
    return fitting.isEmpty() ? List.of(Path.of("/tmp").resolve(own)) : fitting;
  }

  private static boolean isShortEnough(Path folder) {
    return folder.toString().getBytes(StandardCharsets.UTF_8).length + MAX_NAME <= MAX_PATH;
  }

  /** Rejects a folder that another user may have created. */
  static void check(Path folder) throws IOException {
    var attributes =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String why = null;
    if (attributes.isSymbolicLink()) why = "is a symbolic link";
    else if (!attributes.isDirectory()) why = "is not a folder";
    else if (User.owner(folder) != User.id()) why = "belongs to another user";
    else if (!PosixFilePermissions.toString(attributes.permissions()).equals(PRIVATE))
      why = "can be opened by other users (chmod 700 closes it)";
    if (why != null) throw new Unsafe(folder + ", where jlocal has its sockets, " + why);
  }

  /**
   * Whether the process at the other end of a connection belongs to the folder's owner, by
   * SO_PEERCRED, unix(7). If the kernel does not say, the folder's mode keeps others out.
   */
  static boolean isOwner(Path folder, SocketChannel channel) throws IOException {
    if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) return true;
    var peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
    return peer.user().equals(Files.getOwner(folder));
  }
}
