package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jlocal.app.AppPlan;
import jlocal.notices.Notices;
import jlocal.os.DesktopNotice;
import jlocal.plan.PlanRequest;
import jlocal.problem.Problem;
import jlocal.process.ExitPolicy;
import jlocal.process.RestartPolicy;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of {@code jlocal start}.
 *
 * @param typed the words and options for an app that is already running
 */
record StartOptions(PlanRequest request, Typed typed, LogOptions log, Values values) {
  static final String SHARE = "--share-addons";
  static final String DETACH = "--detach";
  static final String IF_NOT_RUNNING = "--if-not-running";

  private static final String NOTIFY = "--notify";
  private static final String RELEASE = "--release";
  private static final String RESTART = "--restart";
  private static final String ON_EXIT = "--on-exit";
  private static final String CAN_DIE = "--can-die";

  /**
   * The typed words and options.
   *
   * @param words types, {@code TYPE=N}, and instances
   * @param instances the words that are single instances, such as {@code web.2}
   * @param options of the command line that a running app can no longer accept
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

  static List<Subcommand.OptionGroup> groups() {
    var groups = new ArrayList<>(PlanOptions.groups());
    groups.add(new Subcommand.OptionGroup("Life", lifeOptions()));
    groups.add(new Subcommand.OptionGroup("Log", LogOptions.options()));
    return groups;
  }

  private static List<OptionSpec> lifeOptions() {
    return List.of(
        Options.setting(Options.seconds("-t", "--timeout").defaultValue("5")),
        Options.setting(Options.choice(RestartPolicy.class, RESTART).defaultValue("on-crash")),
        Options.setting(Options.choice(ExitPolicy.OnExit.class, ON_EXIT).defaultValue("keep")),
        Options.setting(Options.list(Converters::type, "TYPE,...", CAN_DIE)),
        Options.switchSetting("--ci", false),
        WatchOptions.option(),
        AppFeatures.sleepOption(),
        MetricsOptions.memoryOption(),
        MetricsOptions.logOption(),
        Options.flagSetting(DashboardCommand.INSPECT),
        Options.flagSetting(RELEASE),
        IsolateOptions.option(),
        NamesOptions.option(),
        Options.switchSetting(NOTIFY, false),
        Options.flagSetting(SHARE),
        Options.flag("-y", AddOnsCreateCommand.YES),
        Options.flag(DETACH),
        Options.flag(IF_NOT_RUNNING),
        Options.flag(Options.EXPLAIN));
  }

  static StartOptions from(Values values) {
    Typed typed = Typed.from(values);
    var types = new ArrayList<>(typed.words());
    types.removeAll(typed.instances());
    var log = new LogOptions(values);
    var options = new StartOptions(PlanOptions.from(values, types), typed, log, values);
    if (!options.canDie().isEmpty() && options.onExit() == ExitPolicy.OnExit.KEEP) {
      values.add(Problem.warning("--can-die has no effect without --on-exit stop"));
    }
    log.check();
    new IsolateOptions(values).check();
    return options;
  }

  ExitPolicy.OnExit onExit() {
    return values.get(ON_EXIT);
  }

  /** Returns the types whose end never ends the others. */
  List<ProcessType> canDie() {
    return values.list(CAN_DIE);
  }

  /** Returns the restart policy: with --on-exit stop, by default never, as in Foreman. */
  RestartPolicy restart() {
    boolean never = onExit() == ExitPolicy.OnExit.STOP && !values.isGiven(RESTART);
    return never ? RestartPolicy.NEVER : values.get(RESTART);
  }

  MetricsOptions metrics() {
    return new MetricsOptions(values, request.app().root());
  }

  WatchOptions watch() {
    return new WatchOptions(values);
  }

  /** Shows desktop notifications of crashes; null if not requested. */
  AppPlan.@Nullable Feature notices() {
    if (!values.is(NOTIFY)) return null;
    var environment = values.context().environment();
    return running -> Notices.start(running, text -> DesktopNotice.show(text, environment));
  }

  /** Whether the release phase runs first. */
  boolean isReleased() {
    return values.is(RELEASE);
  }

  /** Whether only the log of the process that failed is printed. */
  boolean isCi() {
    return values.is("--ci");
  }
}
