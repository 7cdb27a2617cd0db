package jlocal.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import jlocal.cli.Subcommand.OptionGroup;
import jlocal.plan.PlanRequest;
import jlocal.problem.Problem;
import jlocal.process.ExitPolicy;
import jlocal.process.RestartPolicy;
import jlocal.procfile.ProcessType;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of {@code jlocal start}.
 *
 * @param request what is asked to run
 * @param typed what was typed, for an app that runs already
 * @param detach whether it runs in the background
 * @param keys whether keys pressed in the log have a meaning
 */
record StartOptions(
    PlanRequest request, Life life, LogOptions log, Typed typed, boolean detach, boolean keys) {
  static final String TIMEOUT = "--timeout";
  static final String RESTART = "--restart";
  static final String ON_EXIT = "--on-exit";
  static final String CAN_DIE = "--can-die";
  static final String CI = "--ci";
  static final String DETACH = "--detach";
  static final String KEYS = "--keys";

  /**
   * When processes are started again and ended.
   *
   * @param stopTimeout between SIGTERM and SIGKILL
   * @param restart when an ended process is started again
   * @param onExit whether the end of one ends the others
   * @param canDie types whose end never ends the others
   * @param ci whether only the log of the process that failed is printed
   */
  record Life(
      Duration stopTimeout,
      RestartPolicy restart,
      ExitPolicy.OnExit onExit,
      SequencedSet<ProcessType> canDie,
      boolean ci) {}

  /**
   * What was typed.
   *
   * @param words types, {@code TYPE=N}, and instances
   * @param instances those of them that are one instance, such as {@code web.2}
   * @param options those of the command line that an app which runs already cannot take any more
   */
  record Typed(List<String> words, List<String> instances, List<String> options) {
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_-]+\\.[1-9][0-9]{0,3}");
    private static final List<String> WHICH_APP =
        List.of(AppOptions.PROCFILE, AppOptions.ROOT, Options.DEBUG);

    static Typed from(Values values) {
      List<String> words = values.arguments();
      return new Typed(
          words,
          words.stream().filter(word -> INSTANCE.matcher(word).matches()).toList(),
          values.settingOptions().stream()
              .map(Options::name)
              .filter(name -> values.isOnCommandLine(name) && !WHICH_APP.contains(name))
              .toList());
    }
  }

  static List<OptionGroup> groups() {
    var groups = new ArrayList<>(PlanOptions.groups());
    groups.add(new OptionGroup("Life", lifeOptions()));
    var log = new ArrayList<>(LogOptions.options());
    log.add(
        Options.switchSetting(
            KEYS, true, "keyboard shortcuts in the log; h lists them (default: yes)"));
    groups.add(new OptionGroup("Log", log));
    OptionSpec explain =
        Options.flag(
                Options.EXPLAIN, "print each setting and where it came from, and start nothing")
            .build();
    groups.add(new OptionGroup(Options.OTHER, List.of(explain)));
    return groups;
  }

  private static List<OptionSpec> lifeOptions() {
    return List.of(
        Options.setting("-t", TIMEOUT)
            .type(Duration.class)
            .converters(Converters::seconds)
            .paramLabel("SECONDS")
            .defaultValue("5")
            .description("how long a process may take to end before it is killed (default: 5)")
            .build(),
        Options.choice(Options.setting(RESTART), RestartPolicy.class)
            .defaultValue("on-crash")
            .description(
                "when to restart a process that has ended"
                    + " (default: on-crash; with --on-exit stop: never)")
            .build(),
        Options.choice(Options.setting(ON_EXIT), ExitPolicy.OnExit.class)
            .defaultValue("keep")
            .description(
                "keep or stop the other processes when one has ended for good (default: keep)")
            .build(),
        Options.list(Options.setting(CAN_DIE), Converters::type)
            .paramLabel("TYPE,...")
            .description("with --on-exit stop: types that may end")
            .build(),
        Options.switchSetting(
            CI, false, "print only the log of the process that failed, and the timings"),
        Options.flag(DETACH, "run in the background, and return when all is up").build());
  }

  static StartOptions from(Values values) {
    Typed typed = Typed.from(values);
    var types = new ArrayList<>(typed.words());
    types.removeAll(typed.instances());
    return new StartOptions(
        PlanOptions.from(values, types),
        life(values),
        LogOptions.from(values),
        typed,
        values.is(DETACH),
        values.is(KEYS));
  }

  private static Life life(Values values) {
    ExitPolicy.OnExit onExit = values.get(ON_EXIT);
    // With --on-exit stop, the end of a process is not followed by its restart: Foreman's way.
    boolean never = onExit == ExitPolicy.OnExit.STOP && !values.isGiven(RESTART);
    List<ProcessType> canDie = values.list(CAN_DIE);
    if (!canDie.isEmpty() && onExit == ExitPolicy.OnExit.KEEP) {
      values.add(Problem.warning("--can-die has no effect without --on-exit stop"));
    }
    return new Life(
        values.<Duration>get(TIMEOUT),
        never ? RestartPolicy.NEVER : values.<RestartPolicy>get(RESTART),
        onExit,
        new LinkedHashSet<>(canDie),
        values.is(CI));
  }
}
