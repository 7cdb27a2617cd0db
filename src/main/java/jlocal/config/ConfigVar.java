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

  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Whether the name is one a shell can use; dash hides all others from what it starts. */
  public boolean isShellName() {
    return SHELL_NAME.matcher(name).matches();
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return name + " (" + file + ":" + line + ")";
  }
}
