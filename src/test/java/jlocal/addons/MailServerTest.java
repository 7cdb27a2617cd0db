package jlocal.addons;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import jlocal.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerTest {
  private static final String ENVELOPE = "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\n";
  private static final String TRACE =
      "Return-Path: <a@example.com>\r\nDelivered-To: b@example.com\r\n";

  @TempDir Path folder;
  private ServerSocket listener;
  private Socket client;

  @BeforeEach
  void a_server_with_a_client() throws IOException {
    Files.writeString(folder.resolve("password"), "secret");
    listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    var server = new MailServer(folder, _ -> {});
    Thread.ofPlatform().daemon().start(() -> serve(server));
    client = new Socket(listener.getInetAddress(), listener.getLocalPort());
    client.setSoTimeout(60_000);
    client.setTcpNoDelay(true);
    assertThat(reply()).startsWith("220 ");
  }

  private void serve(MailServer server) {
    try {
      server.serve(listener);
    } catch (SocketException _) {
      // The test is over.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void end() throws IOException {
    client.close();
    listener.close();
  }

  /** The last line of the next reply. */
  private String reply() throws IOException {
    var line = new StringBuilder();
    while (true) {
      int b = client.getInputStream().read();
      if (b < 0) return "closed";
      line.append((char) b);
      if (b != '\n') continue;
      if (line.charAt(3) == ' ') return line.toString().strip();
      line.setLength(0);
    }
  }

  private void send(String bytes) throws IOException {
    client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  private String ask(String line) throws IOException {
    send(line + "\r\n");
    return reply();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
  }

  private void signIn() throws IOException {
    assertThat(ask("EHLO here")).isEqualTo("250 AUTH PLAIN LOGIN");
    assertThat(ask("AUTH PLAIN " + base64("\0app\0secret"))).startsWith("235 ");
  }

  private List<String> kept() throws IOException {
    var mailbox = new Mailbox(folder);
    var all = new ArrayList<String>();
    for (String id : mailbox.ids()) all.add(Files.readString(mailbox.file(id), ISO_8859_1));
    return all;
  }

  @RepeatedTest(20)
  void the_bytes_of_a_message_are_kept_however_they_are_split() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var content = new StringBuilder();
    String alphabet = "\r\n.\r\n.ab\0\377";
    for (int i = random.nextInt(3000); i > 0; i--) {
      content.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    String message = content + "\r\n";
    signIn();
    String stuffed = ("\r\n" + message).replace("\r\n.", "\r\n..").substring(2);
    String all = ENVELOPE + "DATA\r\n" + stuffed + ".\r\nNOOP\r\n";
    for (int from = 0; from < all.length(); ) {
      int to = Math.min(all.length(), from + 1 + random.nextInt(random.nextBoolean() ? 4 : 500));
      send(all.substring(from, to));
      from = to;
    }
    for (String code : List.of("250", "250", "354", "250", "250")) {
      assertThat(reply()).as("seed %d", seed).startsWith(code);
    }
    assertThat(kept()).as("seed %d", seed).containsExactly(TRACE + message);
  }

  @Test
  void mail_is_taken_with_the_password_only() throws IOException {
    assertThat(ask("EHLO here")).startsWith("250");
    assertThat(ask("MAIL FROM:<a@example.com>")).startsWith("530 ");
    assertThat(ask("AUTH PLAIN " + base64("\0app\0wrong"))).startsWith("535 ");
    assertThat(ask("AUTH CRAM-MD5")).startsWith("504 ");
    assertThat(ask("AUTH LOGIN")).startsWith("334 ");
    assertThat(ask("*")).startsWith("334 ");
    assertThat(ask("*")).startsWith("535 ");
    assertThat(ask("DATA")).startsWith("503 ");
    assertThat(ask("AUTH LOGIN " + base64("anybody"))).startsWith("334 ");
    assertThat(ask(base64("secret"))).startsWith("235 ");
    assertThat(ask("RCPT TO:<b@example.com>")).startsWith("503 ");
    assertThat(ask("MAIL FROM:<\"a>b\"@example.com> BODY=8BITMIME SIZE=100")).startsWith("250 ");
    assertThat(ask("QUIT")).startsWith("221 ");
    assertThat(reply()).isEqualTo("closed");
  }

  @Test
  void a_message_over_the_limit_is_refused_and_the_client_continues() throws IOException {
    signIn();
    assertThat(ask("MAIL FROM:<a@example.com> SIZE=26214401")).startsWith("552 ");
    send(ENVELOPE + "DATA\r\n");
    for (int i = 0; i < 3; i++) assertThat(reply()).matches("(250|354) .*");
    var line = "x".repeat(1022) + "\r\n";
    for (int i = 0; i <= SmtpSession.MOST_BYTES / 1024; i++) send(line);
    assertThat(ask(".")).startsWith("552 ");
    assertThat(ask("RSET")).startsWith("250 ");
    assertThat(files()).containsExactly("password");
  }

  @Test
  void of_a_client_that_leaves_within_a_message_nothing_is_kept() throws IOException {
    signIn();
    send(ENVELOPE + "DATA\r\nSubject: half");
    for (int i = 0; i < 3; i++) assertThat(reply()).matches("(250|354) .*");
    client.close();
    Await.until("no draft", () -> files().equals(List.of("password")), this::files);
  }

  private List<String> files() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_oldest_messages_go_when_there_are_more_than_500() throws IOException {
    var mailbox = new Mailbox(folder);
    for (int i = 0; i < 503; i++) {
      String text = "message " + i;
      mailbox.keep(file -> file.write(text.getBytes(ISO_8859_1)));
    }
    assertThat(kept()).hasSize(500).startsWith("message 502").endsWith("message 3");
  }
}
