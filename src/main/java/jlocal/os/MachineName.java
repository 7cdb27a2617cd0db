package jlocal.os;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What others on the network call this machine. */
public final class MachineName {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private MachineName() {}

  /**
   * The name, in lower case; {@code localhost} when it has none, or none a certificate can have.
   */
  public static String get() {
    String name = find().strip().toLowerCase(Locale.ROOT);
    return name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*") ? name : "localhost";
  }

  private static String find() {
    try {
      if (Files.isReadable(KERNEL)) return Files.readString(KERNEL);
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "";
    } catch (IOException e) {
      throw new IllegalStateException(KERNEL + " is readable and cannot be read", e);
    }
  }
}
