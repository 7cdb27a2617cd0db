package jlocal.drains;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jlocal.Await;

/** A syslog server for length-prefixed messages. */
final class SyslogReceiver implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final Thread acceptor;

  SyslogReceiver(ServerSocket server) {
    this.server = server;
    acceptor = Thread.ofPlatform().daemon().start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        Thread.ofPlatform().daemon().start(() -> read(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void read(Socket client) {
    try (client) {
      var in = new BufferedInputStream(client.getInputStream());
      while (true) {
        int length = 0;
        for (int b = in.read(); b != ' '; b = in.read()) {
          if (b < '0' || b > '9') return;
          length = 10 * length + b - '0';
        }
        messages.add(new String(in.readNBytes(length), ISO_8859_1));
      }
    } catch (IOException _) {
      // It is closed.
    }
  }

  int port() {
    return server.getLocalPort();
  }

  List<String> messages() {
    return List.copyOf(messages);
  }

  void until(int times, String... anyOf) {
    Await.until(
        times + " of " + List.of(anyOf),
        () ->
            messages.stream()
                    .filter(each -> List.of(anyOf).stream().anyMatch(each::contains))
                    .count()
                >= times,
        messages::toString);
  }

  @Override
  public void close() throws IOException {
    server.close();
    // The system frees the port only when no thread waits on the socket.
    Await.until("the port is free", () -> !acceptor.isAlive(), acceptor::toString);
    for (Socket client : clients) client.close();
  }
}
