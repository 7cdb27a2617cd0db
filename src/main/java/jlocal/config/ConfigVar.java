package jlocal.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A config var and where it was assigned.
 *
 * @param value may be a secret
 * @param file the env file as the user named it
 * @param line where the assignment begins, from 1
 * @param shadows the assignment of the same name that this one overrides, in this file or an
 *     earlier one; null if there is none
 */
public record ConfigVar(
    String name, String value, String file, int line, @Nullable ConfigVar shadows) {
  /** Linux's limit for name, {@code =} and value of one variable (MAX_ARG_STRLEN less NUL). */
  static final int MAX_BYTES = 131_071;

  /** Dots and dashes are allowed for programs that read such variables, such as Spring. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * Whether a shell can use the name. dash hides all other variables from the programs it starts.
   */
  public boolean isShellName() {
    return SHELL_NAME.matcher(name).matches();
  }

  /**
   * Returns why the name is invalid for a config var, here or on Heroku; null if it is valid.
   *
   * @param name as typed; not part of the message
   */
  public static @Nullable String flaw(String name) {
    if (name.isEmpty()) return "a config var needs a name";
    if (!NAME.matcher(name).matches()) return "a name has only letters, digits and _";
    if (!SHELL_NAME.matcher(name.substring(0, 1)).matches())
      return "a name begins with a letter or _";
    if (name.startsWith("__")) return "on Heroku no name begins with __";
    return name.startsWith("HEROKU_") ? "Heroku sets the names that begin with HEROKU_" : null;
  }

  /** Leaves out the value, which may be a secret. */
  @Override
  public String toString() {
    return name + " (" + file + ":" + line + ")";
  }
}
