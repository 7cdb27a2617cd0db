package jlocal.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;

/** Who is at the other end of a socket, as the kernel says; unix(7), SO_PEERCRED. */
final class PeerCredentials {
  private PeerCredentials() {}

  /**
   * Whether it is the user who owns the folder. Where the kernel does not tell, the folder is what
   * keeps others out.
   */
  static boolean owns(Path folder, SocketChannel channel) throws IOException {
    if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) return true;
    var peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
    return peer.user().equals(Files.getOwner(folder));
  }
}
