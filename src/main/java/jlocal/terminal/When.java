package jlocal.terminal;

import java.util.Map;

/** When to use a feature of the terminal: {@code --color}, {@code --tty}. */
public enum When {
  AUTO,
  ALWAYS,
  NEVER;

  /**
   * Whether to use it.
   *
   * @param auto the answer for {@link #AUTO}
   */
  public boolean is(boolean auto) {
    return this == ALWAYS || (this == AUTO && auto);
  }

  /**
   * Whether to write colours. The option overrules the environment, where {@code NO_COLOR} (if not
   * empty, no-color.org) overrules {@code FORCE_COLOR} and {@code CLICOLOR_FORCE}, which overrule
   * {@code TERM=dumb} and the kind of output.
   *
   * @param environment jlocal's own
   * @param terminal whether the output is a terminal
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
