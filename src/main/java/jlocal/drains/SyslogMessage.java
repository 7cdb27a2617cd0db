package jlocal.drains;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.logs.Source;

/**
 * A log line as a syslog message of Logplex.
 *
 * @param priority facility and severity (RFC 5424, 6.2.1)
 * @param time in milliseconds since 1970
 * @param app {@code app} or {@code heroku}
 * @param process such as {@code web.1} or {@code router}
 * @param text its bytes as ISO 8859-1 characters, without the line end
 */
record SyslogMessage(int priority, long time, String app, String process, String text) {
  /** The beginning of manager messages in the app's log about lost messages. */
  static final String LOGPLEX = "logplex: ";

  /** Precedes the number of lost messages. */
  static final String L10 = "Error L10 (output buffer overflow): ";

  /** Priorities of local7, local3, syslog and local5, with Logplex's severities. */
  private static final int APP = 190;

  private static final int ROUTER = 158;
  private static final int PLATFORM = 45;
  private static final int LOSS = 172;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  /** {@code web.1: Idling}, {@code web.1 started …} and {@code source=web.1 …}. */
  private static final Pattern OF_INSTANCE =
      Pattern.compile("(?:source=)?([A-Za-z0-9_-]+\\.[1-9][0-9]*)(: | )");

  /** Returns the message for a line. */
  static SyslogMessage of(Source source, long time, String text) {
    return switch (source) {
      case Source.App(var name) -> new SyslogMessage(APP, time, "app", name.toString(), text);
      case Source.Router _ -> new SyslogMessage(ROUTER, time, "heroku", "router", text);
      case Source.Manager _ -> ofManager(time, text);
    };
  }

  private static SyslogMessage ofManager(long time, String text) {
    if (text.startsWith(L10)) return new SyslogMessage(LOSS, time, "heroku", "logplex", text);
    Matcher named = OF_INSTANCE.matcher(text);
    if (!named.lookingAt()) return new SyslogMessage(PLATFORM, time, "heroku", "manager", text);
    String said = named.group(2).equals(" ") ? text : text.substring(named.end());
    return new SyslogMessage(PLATFORM, time, "heroku", named.group(1), said);
  }

  /** Whether it reports lost messages in the app's log. */
  boolean isReportOfLoss() {
    return priority == PLATFORM && text.startsWith(LOGPLEX + L10);
  }

  /** Formats a time as Logplex does: {@code 2026-11-27T10:00:00.123000+00:00}. */
  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  /**
   * Encodes a syslog message (RFC 5424), ended by LF.
   *
   * @param host its HOSTNAME
   * @param hasStructuredData whether to write STRUCTURED-DATA, {@code -}; Logplex omits it over
   *     HTTP
   */
  byte[] bytes(String host, boolean hasStructuredData) {
    String data = hasStructuredData ? " - - " : " - ";
    String head =
        "<" + priority + ">1 " + time(time) + " " + host + " " + app + " " + process + data;
    return (head + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
