package jlocal.router;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An app behind the router, on a bare socket: it sends exactly what a test specifies. */
final class App implements AutoCloseable {
  /** Handles each request. */
  @FunctionalInterface
  interface Manners {
    void answer(Call call) throws IOException;
  }

  /** A request whose head was read, but not its body. */
  record Call(Sent sent, InputStream in, OutputStream out, Socket socket) {
    void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void ok(String body) throws IOException {
      say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** The body as long as Content-Length says. */
    String body() throws IOException {
      byte[] bytes = in.readNBytes(Integer.parseInt(sent.value("Content-Length")));
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private final ServerSocket server;
  private final Manners manners;
  private final List<Sent> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private App(ServerSocket server, Manners manners) {
    this.server = server;
    this.manners = manners;
    Thread.ofVirtual().start(this::accept);
  }

  static App that(Manners manners) throws IOException {
    return on(0, manners);
  }

  static App on(int port, Manners manners) throws IOException {
    return at(InetAddress.getLoopbackAddress(), port, manners);
  }

  static App at(InetAddress address, int port, Manners manners) throws IOException {
    var server = new ServerSocket();
    server.setReuseAddress(true);
    Stage.until(
        "port " + port + " is free", () -> binds(server, new InetSocketAddress(address, port)));
    return new App(server, manners);
  }

  /** A port is free shortly after its listener was closed. */
  private static boolean binds(ServerSocket server, InetSocketAddress address) {
    try {
      server.bind(address, 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static App saying(String body) throws IOException {
    return that(call -> call.ok(body));
  }

  int port() {
    return server.getLocalPort();
  }

  /** All requests so far. */
  List<Sent> requests() {
    return requests;
  }

  /** How many connections it was offered. */
  int connections() {
    return sockets.size();
  }

  /** How many of them are still open. */
  long open() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (String head = Wire.head(in); !head.isEmpty(); head = Wire.head(in)) {
        var sent = new Sent(head);
        requests.add(sent);
        manners.answer(new Call(sent, in, socket.getOutputStream(), socket));
        if (socket.isClosed()) return;
      }
    } catch (IOException e) {
      // the router closed it, or the test did
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) socket.close();
  }
}
