package jlocal.os;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The machine jlocal runs on: its name, missing features and limits. */
public final class Machine {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** The lowest known default, that of macOS. */
  private static final int UNKNOWN_FILE_LIMIT = 256;

  private Machine() {}

  public static boolean isMac() {
    return System.getProperty("os.name", "").startsWith("Mac");
  }

  /**
   * The name in the network, in lower case; {@code localhost} if there is none, or none valid in
   * certificates.
   */
  public static String name() {
    String name = hostName().strip().toLowerCase(Locale.ROOT);
    return name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*") ? name : "localhost";
  }

  private static String hostName() {
    try {
      if (Files.isReadable(HOST_NAME)) return Files.readString(HOST_NAME);
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(HOST_NAME + " is readable and cannot be read", e);
    }
  }

  /** Whether this JVM can call the C library; the first call takes 20 ms. */
  public static boolean hasNativeAccess() {
    return NativeAccess.AVAILABLE;
  }

  private static final class NativeAccess {
    static final boolean AVAILABLE = isThere();

    private static boolean isThere() {
      try {
        Libc.warmUp();
        return true;
      } catch (LinkageError | UnsupportedOperationException _) {
        return false;
      }
    }
  }

  /** Returns a message for each missing feature; empty on Linux with util-linux or busybox. */
  public static List<String> missing() {
    var sentences = new ArrayList<String>();
    if (SessionLeader.available().isNone()) {
      sentences.add(
          "neither setsid nor perl is installed: background processes are not ended with their"
              + " parent");
    }
    if (!hasNativeAccess()) {
      sentences.add(
          "this JVM cannot call the C library: orphans are not adopted, and signals are sent by"
              + " kill(1)");
    }
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      sentences.add("there is no /proc: daemons that leave their process group cannot be found");
    }
    return sentences;
  }

  /**
   * The size of the folder, proc_pid_fd(5); before Linux 6.2 and on macOS its entries must be
   * counted.
   */
  public static int unusedFileDescriptors() {
    return Math.max(0, FileLimit.SOFT - usedFileDescriptors());
  }

  /** The size of the folder, proc_pid_fd(5); before Linux 6.2 and on macOS it must be read. */
  private static int usedFileDescriptors() {
    long size = new File("/proc/self/fd").length();
    if (size > 0) return Math.toIntExact(size);
    String[] open = new File("/dev/fd").list();
    return open == null ? 0 : open.length;
  }

  /** Read from /proc on Linux, else passed by the launcher; proc(5). */
  private static final class FileLimit {
    static final int SOFT = soft();

    private static int soft() {
      String limits = ProcFs.field("self/limits", "Max open files");
      String soft =
          limits.isEmpty() ? System.getProperty("jlocal.files", "") : limits.split(" ", 2)[0];
      if (soft.equals("unlimited")) return Integer.MAX_VALUE;
      return soft.matches("\\d{1,9}") ? Integer.parseInt(soft) : UNKNOWN_FILE_LIMIT;
    }
  }
}
