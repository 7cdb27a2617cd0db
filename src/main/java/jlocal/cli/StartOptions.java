package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jlocal.formation.Scale;
import jlocal.plan.PlanRequest;

/** All that can be said about {@code jlocal start}. */
record StartOptions(
    AppOptions app,
    Scale scale,
    ShellOptions shell,
    PortOptions ports,
    PlanRequest.Router router,
    LifeOptions life,
    LogOptions log,
    Typed typed,
    boolean detach,
    boolean keys,
    boolean debug) {

  static final Option<Boolean> DETACH =
      Option.once("--detach", "run in the background, and return when all is up");

  static final Option<Boolean> KEYS =
      Option.on("--keys", "keys mean nothing in the log; else h lists them");

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
          Group.of("Life", List.of(LifeOptions.OPTIONS, List.of(DETACH))),
          Group.of("Log", List.of(LogOptions.OPTIONS, List.of(KEYS))),
          OtherOptions.group(OtherOptions.EXPLAIN));

  /** All of them: also what a settings file can hold. */
  static final List<Option<?>> OPTIONS =
      GROUPS.stream().<Option<?>>flatMap(group -> group.options().stream()).toList();

  /**
   * What matters to an app that runs already.
   *
   * @param words types, {@code TYPE=N}, and instances
   * @param instances those of them that mean one instance, such as {@code web.2}
   * @param options what was given on the command line besides, and cannot be changed any more
   */
  record Typed(List<String> words, List<String> instances, List<String> options) {
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_-]+\\.[1-9][0-9]{0,3}");

    private static final List<Option<?>> WHICH_APP =
        List.of(AppOptions.PROCFILE, AppOptions.ROOT, OtherOptions.DEBUG);

    static Typed from(Settings settings, List<String> words) {
      return new Typed(
          List.copyOf(words),
          words.stream().filter(Typed::isInstance).toList(),
          settings.options().stream()
              .filter(option -> settings.isOnCommandLine(option) && !WHICH_APP.contains(option))
              .map(Option::name)
              .toList());
    }

    private static boolean isInstance(String word) {
      return INSTANCE.matcher(word).matches();
    }
  }

  /**
   * What is asked to run.
   *
   * @param environment the caller's
   */
  PlanRequest request(Map<String, String> environment) {
    return new PlanRequest(
        app.files(),
        scale,
        shell.path(),
        shell.toolPath(),
        new PlanRequest.Ports(app.port(), ports.step(), ports.strict()),
        router,
        environment);
  }

  static StartOptions from(Settings settings, List<String> words) {
    Typed typed = Typed.from(settings, words);
    var types = new ArrayList<>(words);
    types.removeAll(typed.instances());
    return new StartOptions(
        AppOptions.from(settings),
        ScaleOptions.from(settings, types),
        ShellOptions.from(settings),
        PortOptions.from(settings),
        RouterOptions.from(settings),
        LifeOptions.from(settings),
        LogOptions.from(settings),
        typed,
        settings.get(DETACH),
        settings.get(KEYS),
        settings.get(OtherOptions.DEBUG));
  }
}
