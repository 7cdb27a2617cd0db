package jlocal.problem;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing to tell the person at the keyboard: where it is, what was found, and what to do.
 *
 * @param severity whether it stops jlocal
 * @param place the file as the user named it, or {@code jlocal} when no file is concerned
 * @param line the line in that file, from 1; 0 when no line is concerned
 * @param what what was found, without a full stop; never a value that may be a secret
 * @param hint what to do about it, or null when {@code what} says it already
 */
public record Problem(
    Severity severity, String place, int line, String what, @Nullable String hint) {

  /** Whether a problem stops jlocal. */
  public enum Severity {
    /** Nothing is started; exit status 2. */
    ERROR,
    /** Reported once; jlocal goes on with the interpretation that the message names. */
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

  /** An error that is in no file: a wrong option, a busy port. */
  public static Problem error(String what) {
    return error("jlocal", 0, what);
  }

  /** A warning that is about no file. */
  public static Problem warning(String what) {
    return warning("jlocal", 0, what);
  }

  /** The same problem with something to do about it. */
  public Problem hint(String todo) {
    return new Problem(severity, place, line, what, todo);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** As printed: {@code Procfile:3: error: …}, and the hint on a second, indented line. */
  @Override
  public String toString() {
    String where = line == 0 ? place : place + ":" + line;
    String said = where + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + what;
    return hint == null ? said : said + "\n   hint: " + hint;
  }
}
