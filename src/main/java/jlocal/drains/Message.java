package jlocal.drains;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.logs.Source;

/**
 * A line of the log as Logplex has it.
 *
 * @param priority facility and severity (RFC 5424, 6.2.1)
 * @param time in milliseconds since 1970
 * @param app {@code app} or {@code heroku}
 * @param process such as {@code web.1} or {@code router}
 * @param text its bytes as characters of ISO 8859-1, without the line end
 */
record Message(int priority, long time, String app, String process, String text) {
  /** What the manager says of lost messages in the log of the app begins with this. */
  static final String LOGPLEX = "logplex: ";

  /** What precedes the number of lost messages. */
  static final String L10 = "Error L10 (output buffer overflow): ";

  /** Of local7, local3, syslog and local5, at the severities that Logplex has. */
  private static final int APP = 190;

  private static final int ROUTER = 158;
  private static final int PLATFORM = 45;
  private static final int LOSS = 172;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  /** {@code web.1: Idling}, {@code web.1 started …} and {@code source=web.1 …}. */
  private static final Pattern OF_INSTANCE =
      Pattern.compile("(?:source=)?([A-Za-z0-9_-]+\\.[1-9][0-9]*)(: | )");

  /** A line of a source. */
  static Message of(Source source, long time, String text) {
    return switch (source) {
      case Source.App(var name) -> new Message(APP, time, "app", name.toString(), text);
      case Source.Router _ -> new Message(ROUTER, time, "heroku", "router", text);
      case Source.Manager _ -> ofManager(time, text);
    };
  }

  private static Message ofManager(long time, String text) {
    if (text.startsWith(L10)) return new Message(LOSS, time, "heroku", "logplex", text);
    Matcher named = OF_INSTANCE.matcher(text);
    if (!named.lookingAt()) return new Message(PLATFORM, time, "heroku", "manager", text);
    String said = named.group(2).equals(" ") ? text : text.substring(named.end());
    return new Message(PLATFORM, time, "heroku", named.group(1), said);
  }

  /** Whether it tells the app's log of messages that a drain has lost. */
  boolean isReportOfLoss() {
    return priority == PLATFORM && text.startsWith(LOGPLEX + L10);
  }

  /** A time as Logplex writes it: {@code 2026-11-27T10:00:00.123000+00:00}. */
  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  /**
   * As a syslog message (RFC 5424), ended by LF.
   *
   * @param host its HOSTNAME
   * @param hasStructuredData whether there is STRUCTURED-DATA, {@code -}; Logplex leaves it out
   *     over HTTP
   */
  byte[] bytes(String host, boolean hasStructuredData) {
    String data = hasStructuredData ? " - - " : " - ";
    String head =
        "<" + priority + ">1 " + time(time) + " " + host + " " + app + " " + process + data;
    return (head + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
