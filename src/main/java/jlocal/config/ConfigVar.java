package jlocal.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One config var and where it came from.
 *
 * @param value possibly a secret
 * @param file the env file as the user named it
 * @param line where the assignment begins, from 1
 * @param shadows the assignment of the same name that this one overrides, earlier in this file or
 *     in an earlier one; it may shadow another in turn. Null when there is none
 */
public record ConfigVar(
    String name, String value, String file, int line, @Nullable ConfigVar shadows) {
  /** What Linux allows for name, {@code =} and value of one variable (MAX_ARG_STRLEN less NUL). */
  static final int MAX_BYTES = 131_071;

  /** Dots and dashes are for programs that read such variables, as Spring does. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Whether the name is one a shell can use; dash hides all others from what it starts. */
  public boolean isShellName() {
    return SHELL_NAME.matcher(name).matches();
  }

  /**
   * Why no config var can have this name, or none can have it on Heroku; null when one can.
   *
   * @param name as typed; not part of the answer
   */
  public static @Nullable String flaw(String name) {
    if (name.isEmpty()) return "a config var needs a name";
    if (!NAME.matcher(name).matches()) return "a name has only letters, digits and _";
    if (!SHELL_NAME.matcher(name.substring(0, 1)).matches())
      return "a name begins with a letter or _";
    if (name.startsWith("__")) return "on Heroku no name begins with __";
    return name.startsWith("HEROKU_") ? "Heroku sets the names that begin with HEROKU_" : null;
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return name + " (" + file + ":" + line + ")";
  }
}
