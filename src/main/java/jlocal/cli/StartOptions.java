package jlocal.cli;

import java.util.List;
import jlocal.formation.Scale;

/** All that can be said about {@code jlocal start}. */
record StartOptions(
    AppOptions app,
    Scale scale,
    ShellOptions shell,
    PortOptions ports,
    RouterOptions router,
    LifeOptions life,
    LogOptions log,
    Typed typed,
    boolean debug) {

  static final Group WHAT_RUNS =
      Group.of("What runs", List.of(AppOptions.FILES, ScaleOptions.OPTIONS, ShellOptions.OPTIONS));
  static final Group PORTS =
      Group.of(
          "Ports and router",
          List.of(List.of(AppOptions.PORT), PortOptions.OPTIONS, RouterOptions.OPTIONS));
  static final List<Group> GROUPS =
      List.of(
          WHAT_RUNS,
          PORTS,
          new Group("Life", LifeOptions.OPTIONS),
          new Group("Log", LogOptions.OPTIONS),
          OtherOptions.group(OtherOptions.EXPLAIN));

  /** All of them: also what a settings file can hold. */
  static final List<Option<?>> OPTIONS =
      GROUPS.stream().<Option<?>>flatMap(group -> group.options().stream()).toList();

  /**
   * What matters to an app that runs already.
   *
   * @param words the types
   * @param options what was given on the command line besides, and cannot be changed any more
   */
  record Typed(List<String> words, List<String> options) {
    private static final List<Option<?>> WHICH_APP =
        List.of(AppOptions.PROCFILE, AppOptions.ROOT, OtherOptions.DEBUG);

    static Typed from(Settings settings, List<String> words) {
      return new Typed(
          List.copyOf(words),
          settings.options().stream()
              .filter(option -> settings.isOnCommandLine(option) && !WHICH_APP.contains(option))
              .map(Option::name)
              .toList());
    }
  }

  static StartOptions from(Settings settings, List<String> words) {
    return new StartOptions(
        AppOptions.from(settings),
        ScaleOptions.from(settings, words),
        ShellOptions.from(settings),
        PortOptions.from(settings),
        RouterOptions.from(settings),
        LifeOptions.from(settings),
        LogOptions.from(settings),
        Typed.from(settings, words),
        settings.get(OtherOptions.DEBUG));
  }
}
