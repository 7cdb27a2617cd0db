package jlocal.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import jlocal.os.Ports;
import jlocal.problem.Printable;

/**
 * The address the router binds.
 *
 * @param names host names or literals without brackets; {@code localhost} stands for both loopback
 *     addresses
 * @param isLocal whether only this machine can connect
 */
record ListenHost(List<String> names, boolean isLocal) {
  static final String STANDARD = "localhost";
  static final ListenHost LOCALHOST = new ListenHost(List.of("127.0.0.1", "::1"), true);
  static final Kind<ListenHost> KIND = new Kind<>("ADDR", List.of(), ListenHost::read);

  private static ListenHost read(String text, Path base) throws BadValue {
    String host = text.strip().replaceAll("^\\[(.*)]$", "$1");
    if (host.equalsIgnoreCase(STANDARD)) return LOCALHOST;
    InetAddress address = address(host);
    if (!Ports.isOfThisMachine(address)) {
      throw new BadValue("'" + Printable.of(text) + "' is not an address of this machine");
    }
    return new ListenHost(List.of(host), address.isLoopbackAddress());
  }

  private static InetAddress address(String host) throws BadValue {
    try {
      if (!host.isEmpty()) return InetAddress.getByName(host);
    } catch (IOException _) {
      // said below
    }
    throw new BadValue("'" + Printable.of(host) + "' is no address and no known host name");
  }
}
