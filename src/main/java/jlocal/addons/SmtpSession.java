package jlocal.addons;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client of the mail server, by SMTP (RFC 5321) with AUTH PLAIN and LOGIN (RFC 4954). STARTTLS
 * is not offered: clients would use it and reject the certificate.
 */
final class SmtpSession {
  static final int MOST_BYTES = 25 << 20;

  /** The field that records a recipient, before the header of a message. */
  static final String RECIPIENT = "Delivered-To";

  private static final int LONGEST_LINE = 12_288; // RFC 4954, 4
  private static final int MOST_RECIPIENTS = 1000;

  /** Replies that are used more than once. */
  private static final String OK = "250 OK";

  private static final String WRONG_ORDER = "503 bad sequence of commands";
  private static final String TOO_LARGE =
      "552 5.3.4 a message has at most " + MOST_BYTES + " bytes";

  private static final Pattern PATH =
      Pattern.compile(
          "(?i)(FROM|TO): *<((?:\"(?:\\\\.|[^\"\\\\])*\"|[^\">])*)>(.*)", Pattern.DOTALL);

  private static final Pattern SIZE = Pattern.compile("(?i).*\\bSIZE=([0-9]{1,18})\\b.*");

  private final BufferedInputStream in;
  private final OutputStream out;
  private final Mailbox mailbox;
  private final String password;
  private final Consumer<String> log;
  private boolean isKnown;
  private @Nullable String sender;
  private final List<String> recipients = new ArrayList<>();

  SmtpSession(
      InputStream in, OutputStream out, Mailbox mailbox, String password, Consumer<String> log) {
    this.in = new BufferedInputStream(in);
    this.out = out;
    this.mailbox = mailbox;
    this.password = password;
    this.log = log;
  }

  /** Serves the client until it disconnects. */
  void run() throws IOException {
    reply("220 jlocal ESMTP: mail is kept, not delivered");
    for (String line = line(); line != null; line = line()) {
      String[] words = line.split(" ", 2);
      String reply =
          answer(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1].strip() : "");
      reply(reply);
      if (reply.startsWith("221")) return;
    }
  }

  private void reply(String lines) throws IOException {
    out.write((lines.replace("\n", "\r\n") + "\r\n").getBytes(ISO_8859_1));
    out.flush();
  }

  /** Returns the next line in ISO 8859-1, which keeps each byte; null at the end. */
  private @Nullable String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) return null;
      if (line.length() == LONGEST_LINE) throw new IOException("it sent a line that is too long");
      line.append((char) b);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  private String answer(String command, String rest) throws IOException {
    return switch (command) {
      case "EHLO" -> {
        reset();
        yield "250-jlocal\n250-PIPELINING\n250-SIZE %d\n250-8BITMIME\n250-SMTPUTF8\n250 AUTH PLAIN LOGIN"
            .formatted(MOST_BYTES);
      }
      case "HELO" -> {
        reset();
        yield "250 jlocal";
      }
      case "AUTH" -> authenticate(rest);
      case "MAIL" -> isKnown ? from(rest) : "530 5.7.0 authentication is required: see SMTP_URL";
      case "RCPT" -> to(rest);
      case "DATA" -> data();
      case "RSET" -> {
        reset();
        yield OK;
      }
      case "NOOP" -> OK;
      case "VRFY" -> "252 any address is accepted";
      case "QUIT" -> "221 bye";
      default -> "500 unknown command";
    };
  }

  private void reset() {
    sender = null;
    recipients.clear();
  }

  private String authenticate(String rest) throws IOException {
    if (isKnown) return WRONG_ORDER;
    String[] words = rest.split(" ", 2);
    String first = words.length > 1 ? words[1] : null;
    String given;
    switch (words[0].toUpperCase(Locale.ROOT)) {
      case "PLAIN" -> given = decoded(first == null ? ask("") : first).replaceFirst("(?s).*\0", "");
      case "LOGIN" -> {
        if (first == null) ask("VXNlcm5hbWU6");
        given = decoded(ask("UGFzc3dvcmQ6"));
      }
      default -> {
        return "504 use AUTH PLAIN or LOGIN";
      }
    }
    isKnown = MessageDigest.isEqual(given.getBytes(ISO_8859_1), password.getBytes(ISO_8859_1));
    return isKnown ? "235 2.7.0 welcome" : "535 5.7.8 wrong password: it is in SMTP_URL";
  }

  private String ask(String question) throws IOException {
    reply("334 " + question);
    String answer = line();
    if (answer == null) throw new EOFException("it left");
    return answer;
  }

  /** Decodes Base64; empty if it is invalid, such as {@code *}, which cancels. */
  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), ISO_8859_1);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private String from(String rest) {
    Matcher path = PATH.matcher(rest);
    if (sender != null) return WRONG_ORDER;
    if (!path.matches() || !path.group(1).equalsIgnoreCase("FROM")) {
      return "501 MAIL FROM:<address> is expected";
    }
    Matcher size = SIZE.matcher(path.group(3));
    if (size.matches() && Long.parseLong(size.group(1)) > MOST_BYTES) return TOO_LARGE;
    sender = path.group(2);
    return OK;
  }

  private String to(String rest) {
    Matcher path = PATH.matcher(rest);
    if (sender == null) return WRONG_ORDER;
    if (!path.matches() || !path.group(1).equalsIgnoreCase("TO") || path.group(2).isEmpty()) {
      return "501 RCPT TO:<address> is expected";
    }
    if (recipients.size() == MOST_RECIPIENTS) return "452 4.5.3 too many recipients";
    recipients.add(path.group(2));
    return OK;
  }

  private String data() throws IOException {
    if (sender == null || recipients.isEmpty()) return WRONG_ORDER;
    reply("354 end with a dot on a line of its own");
    var message = new SmtpDataInput(in);
    try {
      mailbox.keep(file -> {
        file.write(trace().getBytes(ISO_8859_1));
        for (int b = message.read(); b >= 0; b = message.read()) {
          if (message.size() > MOST_BYTES) throw new IOException("it is too large");
          file.write(b);
        }
      });
    } catch (IOException e) {
      message.drain();
      log.accept("a message was refused: " + e.getMessage());
      return message.size() > MOST_BYTES ? TOO_LARGE : "452 4.3.1 the message cannot be stored";
    }
    log.accept(
        "from %s to %s, %d bytes".formatted(sender, String.join(", ", recipients), message.size()));
    reset();
    return OK;
  }

  /** Returns header fields with the data of the envelope. */
  private String trace() {
    var fields = new StringBuilder("Return-Path: <" + sender + ">\r\n");
    for (String each : recipients) fields.append(RECIPIENT + ": ").append(each).append("\r\n");
    return fields.toString();
  }
}
