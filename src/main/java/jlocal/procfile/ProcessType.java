package jlocal.procfile;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process type, the name before the colon of a Procfile line: {@code web}, {@code worker}.
 *
 * @param name letters, digits, {@code -} and {@code _}; case-sensitive, as in Foreman
 */
public record ProcessType(String name) implements Comparable<ProcessType> {
  // Must precede the constants below, which are checked against it.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  /** Runs before a new release on Heroku; here only if named. */
  public static final ProcessType RELEASE = new ProcessType("release");

  /** The only type that receives HTTP requests through the router. */
  public static final ProcessType WEB = new ProcessType("web");

  public ProcessType {
    if (!isName(name)) throw new IllegalArgumentException("not a process type: " + name);
  }

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  // Written by hand: the JVM generates a record's methods at their first call, which takes 20 ms of
  // CPU before anything runs.
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
