package jlocal.problem;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error or warning for the user.
 *
 * @param severity whether jlocal stops
 * @param place the file as the user named it, or {@code jlocal} if no file is concerned
 * @param line the line in that file, from 1; 0 if no line is concerned
 * @param what what was found, without a full stop; never contains a possible secret
 * @param hint what to do, or null if {@code what} says it already
 */
public record Problem(
    Severity severity, String place, int line, String what, @Nullable String hint) {

  /** Whether jlocal stops. */
  public enum Severity {
    /** Nothing is started; exit status 2. */
    ERROR,
    /** Reported once; jlocal continues as the message says. */
    WARNING
  }

  public Problem {
    Objects.requireNonNull(severity);
    if (place.isEmpty()) throw new IllegalArgumentException("a problem has a place");
    if (line < 0) throw new IllegalArgumentException("lines count from 1: " + line);
  }

  /** An error at a line of a file. */
  public static Problem error(String place, int line, String what) {
    return new Problem(Severity.ERROR, place, line, what, null);
  }

  /** A warning at a line of a file. */
  public static Problem warning(String place, int line, String what) {
    return new Problem(Severity.WARNING, place, line, what, null);
  }

  /** An error that concerns no file, such as a wrong option or a busy port. */
  public static Problem error(String what) {
    return error("jlocal", 0, what);
  }

  /** A warning that concerns no file. */
  public static Problem warning(String what) {
    return warning("jlocal", 0, what);
  }

  /** Returns a copy with a hint. */
  public Problem hint(String todo) {
    return new Problem(severity, place, line, what, todo);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** As printed: {@code Procfile:3: error: …}, with the hint on an indented second line. */
  @Override
  public String toString() {
    String where = line == 0 ? place : place + ":" + line;
    String said = where + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + what;
    return hint == null ? said : said + "\n   hint: " + hint;
  }
}
