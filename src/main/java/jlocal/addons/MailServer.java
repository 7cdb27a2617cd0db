package jlocal.addons;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import jlocal.os.Threads;

/**
 * The program of the {@code mail} add-on: receives messages by SMTP, keeps them in the current
 * folder, and never forwards them.
 */
public final class MailServer {
  /** The file with the password for clients. */
  static final String PASSWORD = "password";

  private static final int MOST_CLIENTS = 50;
  private static final int CLIENT_TIMEOUT_MILLIS = 300_000;

  private final ExecutorService clients =
      Threads.growing(0, MOST_CLIENTS, Duration.ofSeconds(10), "client");
  private final Consumer<String> log;
  private final Mailbox mailbox;
  private final String password;

  /** Creates a server for the messages in a folder. */
  MailServer(Path folder, Consumer<String> log) throws IOException {
    this.log = log;
    mailbox = new Mailbox(folder);
    password = Files.readString(folder.resolve(PASSWORD));
  }

  /** Serves on the port given as the last argument until the process is ended. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[args.length - 1]);
    try (var socket = new ServerSocket(port, MOST_CLIENTS, InetAddress.ofLiteral("127.0.0.1"))) {
      var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
      new MailServer(Path.of("").toAbsolutePath(), out::println).serve(socket);
    }
  }

  /** Serves clients until the socket is closed. */
  void serve(ServerSocket socket) throws IOException {
    log.accept("ready for mail on port " + socket.getLocalPort());
    while (true) {
      Socket client = socket.accept();
      try {
        clients.execute(() -> serve(client));
      } catch (RejectedExecutionException _) {
        client.close();
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(CLIENT_TIMEOUT_MILLIS);
      client.setTcpNoDelay(true);
      var session =
          new SmtpSession(
              client.getInputStream(), client.getOutputStream(), mailbox, password, log);
      session.run();
    } catch (IOException e) {
      log.accept("a client was lost: " + e.getMessage());
    }
  }
}
