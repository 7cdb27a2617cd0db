package jlocal.os;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Checks TCP ports of this machine. */
public final class Ports {
  private static final int FIRST_BY_TRADITION = 1024;
  private static final Path FIRST_FOR_ALL =
      Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

  private Ports() {}

  /** Whether no socket listens on a port, on any address. */
  public static boolean isFree(int port) {
    // With SO_REUSEADDR (ip(7)), ports of closed connections are free, those of listeners are not.
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Whether only root may bind a port; ip(7), ip_unprivileged_port_start. */
  public static boolean isForRootOnly(int port) {
    try {
      return port < firstForAll() && User.id() != 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static int firstForAll() throws IOException {
    if (!Files.exists(FIRST_FOR_ALL)) return FIRST_BY_TRADITION;
    try (InputStream number = Files.newInputStream(FIRST_FOR_ALL)) {
      // Files under /proc/sys return their text to the first read only, whatever its size.
      byte[] text = new byte[16];
      int length = number.read(text);
      return Integer.parseInt(new String(text, 0, length, StandardCharsets.US_ASCII).strip());
    }
  }

  /** Whether a server can bind an address: a wildcard, or one of this machine's own. */
  public static boolean isOfThisMachine(InetAddress address) {
    try (var probe = new ServerSocket()) {
      // bind(2) alone would accept broadcast and multicast addresses.
      boolean ours =
          address.isAnyLocalAddress()
              || address.isLoopbackAddress()
              || NetworkInterface.getByInetAddress(address) != null;
      if (ours) probe.bind(new InetSocketAddress(address, 0));
      return ours;
    } catch (IOException _) {
      return false;
    }
  }

  /** Whether a port accepts connections on a loopback address, IPv4 or IPv6, within the limit. */
  public static boolean accepts(int port, Duration limit) {
    return accepts("127.0.0.1", port, limit) || accepts("::1", port, limit);
  }

  private static boolean accepts(String address, int port, Duration limit) {
    try (var socket = new Socket()) {
      var there = new InetSocketAddress(InetAddress.ofLiteral(address), port);
      socket.connect(there, Math.toIntExact(limit.toMillis()));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
