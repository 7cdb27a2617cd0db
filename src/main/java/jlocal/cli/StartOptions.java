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

  static StartOptions from(Settings settings, List<String> words) {
    return new StartOptions(
        AppOptions.from(settings),
        ScaleOptions.from(settings, words),
        ShellOptions.from(settings),
        PortOptions.from(settings),
        RouterOptions.from(settings),
        LifeOptions.from(settings),
        LogOptions.from(settings),
        settings.get(OtherOptions.DEBUG));
  }
}
