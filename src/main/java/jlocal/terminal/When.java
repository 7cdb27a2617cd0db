package jlocal.terminal;

import java.util.Map;

/** When something is done that depends on a terminal: {@code --color}, {@code --tty}. */
public enum When {
  AUTO,
  ALWAYS,
  NEVER;

  /**
   * Whether it is done.
   *
   * @param auto whether it is with {@link #AUTO}
   */
  public boolean is(boolean auto) {
    return this == ALWAYS || (this == AUTO && auto);
  }

  /**
   * Whether to write colours. The option stands above the environment; there {@code NO_COLOR} (any
   * value but an empty one, no-color.org) stands above {@code FORCE_COLOR} and {@code
   * CLICOLOR_FORCE}, which stand above {@code TERM=dumb} and the kind of the output.
   *
   * @param environment jlocal's own
   * @param terminal whether the output is one
   */
  public boolean colors(Map<String, String> environment, boolean terminal) {
    return is(auto(environment, terminal));
  }

  private static boolean auto(Map<String, String> environment, boolean terminal) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) return false;
    String force = environment.getOrDefault("FORCE_COLOR", "");
    if (!force.isEmpty()) return !isOff(force);
    if (!isOff(environment.getOrDefault("CLICOLOR_FORCE", "0"))) return true;
    return terminal && !"dumb".equals(environment.get("TERM"));
  }

  private static boolean isOff(String value) {
    return value.isEmpty() || value.equals("0") || value.equals("false");
  }
}
