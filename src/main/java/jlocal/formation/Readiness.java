package jlocal.formation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;

/** The readiness check of a process type. */
public sealed interface Readiness {
  List<String> KINDS = List.of("port", "log", "exec", "exit", "notify");

  /**
   * TCP ports accept connections.
   *
   * @param numbers all ports that must; empty for its PORT
   */
  record Port(List<Integer> numbers) implements Readiness {
    public Port {
      numbers = List.copyOf(numbers);
    }
  }

  /** A GET of this path on its PORT returns 2xx or 3xx. */
  record Http(String path) implements Readiness {}

  /** A line of its output matches this regular expression. */
  record LogLine(String regex) implements Readiness {}

  /** It has exited with status 0, as migrations do. */
  record Exit() implements Readiness {}

  /** It has sent READY=1; sd_notify(3). */
  record Notify() implements Readiness {}

  /** This shell command, such as pg_isready, exits with 0 in its environment. */
  record Exec(String command) implements Readiness {}

  /** A process of its tree listens: on its PORT, on the server's usual port, or on any other. */
  record Listening(KnownServer server) implements Readiness {}

  /** It has run for a second, or opened its PORT. */
  record Alive() implements Readiness {}

  /**
   * Parses the value of {@code ready=}.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static Readiness of(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1).strip();
    if (text.startsWith("/")) return new Http(path(text));
    boolean wantsMore = kind.equals("log") || kind.equals("exec");
    if (!KINDS.contains(kind)
        || (wantsMore == rest.isEmpty() && !kind.equals("port"))
        || text.endsWith("port:")) {
      throw new IllegalArgumentException(unknown(text, kind));
    }
    return switch (kind) {
      case "log" -> new LogLine(regex(rest));
      case "exec" -> new Exec(rest);
      case "exit" -> new Exit();
      case "notify" -> new Notify();
      default -> rest.isEmpty() ? new Port(List.of()) : new Port(List.of(port(rest)));
    };
  }

  private static String unknown(String text, String kind) {
    String all = "port, port:N, /PATH, log:REGEX, exit, notify or exec:COMMAND";
    String what = "'" + Printable.of(text) + "' is not one of " + all;
    return KINDS.contains(kind) ? what : what + Nearest.hint(kind, KINDS);
  }

  private static String path(String text) {
    if (text.chars().allMatch(c -> c > ' ' && c < 127)) return text;
    throw new IllegalArgumentException("'" + Printable.of(text) + "' is not a path of a URL");
  }

  private static String regex(String text) {
    try {
      return Pattern.compile(text).pattern();
    } catch (PatternSyntaxException e) {
      String what = "'" + Printable.of(text) + "' is not a regular expression: ";
      throw new IllegalArgumentException(what + e.getDescription());
    }
  }

  private static int port(String text) {
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port >= 1 && port <= PortPlan.MAX) return port;
    throw new IllegalArgumentException("'" + Printable.of(text) + "' is not a port");
  }

  /** Describes what is waited for, after "waiting for": {@code its port 5000}. */
  default String wanted(int port) {
    return switch (this) {
      case Port(var numbers) when numbers.isEmpty() -> "its port " + port;
      case Port(var numbers) -> "port " + numbers.toString().replaceAll("[\\[\\]]", "");
      case Http(var path) -> "GET " + path + " on port " + port;
      case LogLine(var regex) -> "a line with '" + Printable.of(regex) + "'";
      case Exit _ -> "its end";
      case Notify _ -> "READY=1";
      case Exec(var command) -> "'" + Printable.of(command) + "'";
      case Listening _ -> "a listening port";
      case Alive _ -> "one second up";
    };
  }
}
