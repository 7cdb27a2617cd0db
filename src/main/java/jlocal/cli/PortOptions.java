package jlocal.cli;

import java.util.List;

/**
 * Which ports the processes get.
 *
 * @param step the distance between types
 * @param strict whether a busy port is an error rather than a reason to use others
 */
record PortOptions(int step, boolean strict) {
  static final Option<Integer> STEP =
      Option.of(
          "--port-step", Kind.number(1, 10_000), "100", "distance between the PORTs of types");
  static final Option<Boolean> STRICT =
      Option.off("--strict-port", "a busy port is an error, as with --port; else others are taken");

  static final List<Option<?>> OPTIONS = List.of(STEP, STRICT);

  static PortOptions from(Settings settings) {
    boolean strict = settings.get(STRICT);
    return new PortOptions(settings.get(STEP), strict || settings.isGiven(AppOptions.PORT));
  }
}
