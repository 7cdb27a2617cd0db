package jlocal.procfile;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name before the colon of a Procfile line: {@code web}, {@code worker}.
 *
 * @param name letters, digits, {@code -} and {@code _}; case matters, as in Foreman
 */
public record ProcessType(String name) implements Comparable<ProcessType> {
  // First: the constants below are checked against it.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  /** Runs before a new release on Heroku; never started unless it is named. */
  public static final ProcessType RELEASE = new ProcessType("release");

  /** The one type that receives HTTP through the router. */
  public static final ProcessType WEB = new ProcessType("web");

  public ProcessType {
    if (!isName(name)) throw new IllegalArgumentException("not a process type: " + name);
  }

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  // Written out: those of a record are made by the JVM at their first call, 20 ms of processor time
  // before anything runs.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProcessType that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public int compareTo(ProcessType other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
