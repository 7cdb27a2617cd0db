package jlocal.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Listens on a well-known port, unless another program already does. */
final class DefaultPort implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket();

  DefaultPort(int port) throws IOException {
    try {
      socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (java.net.BindException _) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
