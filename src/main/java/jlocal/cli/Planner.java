package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import jlocal.app.AppFiles;
import jlocal.app.AppPlan.RouterPlan;
import jlocal.app.PortSearch;
import jlocal.control.Claim;
import jlocal.control.PortReservations;
import jlocal.formation.Blueprint;
import jlocal.formation.Formation;
import jlocal.formation.PortPlan;
import jlocal.os.Caller;
import jlocal.os.RunId;
import jlocal.os.Shell;
import jlocal.os.ToolPath;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.process.Workplace;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import org.jspecify.annotations.Nullable;

/** Decides from files, options and the machine what would run; finds all that is in the way. */
final class Planner {
  private final Wishes wishes;
  private final Context context;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable PortPlan ports;

  private Planner(Wishes wishes, Context context) {
    this.wishes = wishes;
    this.context = context;
  }

  /** What has been given ports, and who gets which. */
  private record WithPorts(
      Formation formation, @Nullable RouterPlan router, Map<Integer, String> owners) {}

  /**
   * What would run.
   *
   * @param blueprint what other formations of the app are made from
   * @param reservations of the ports it has
   * @param notes what was done otherwise than a person might expect
   */
  record Plan(
      Blueprint blueprint,
      Formation formation,
      Workplace workplace,
      @Nullable RouterPlan router,
      PortReservations reservations,
      List<String> notes) {
    Procfile procfile() {
      return blueprint.procfile();
    }
  }

  /**
   * Plans, and starts nothing.
   *
   * @param claim where ports are reserved; null for nowhere
   */
  static Reading<Plan> plan(Wishes wishes, Context context, @Nullable Claim claim) {
    var planner = new Planner(wishes, context);
    return new Reading<>(planner.plan(planner.files(), claim), planner.problems);
  }

  /** The same without a claim, and what will be a problem only on Heroku. */
  static Reading<Plan> planForHeroku(Wishes wishes, Context context) {
    var planner = new Planner(wishes, context);
    AppFiles files = planner.files();
    planner.problems.addAll(files.vars().unfitForHeroku());
    return new Reading<>(planner.plan(files, null), planner.problems);
  }

  private AppFiles files() {
    AppOptions app = wishes.app();
    return take(AppFiles.read(app.procfile(), app.root(), app.envFiles()));
  }

  private Plan plan(AppFiles files, @Nullable Claim claim) {
    AppOptions app = wishes.app();
    Path root = app.root().toAbsolutePath().normalize();
    if (!hasErrors()) refuseWhatCannotBeMeant(files.procfile());
    Shell shell = shell(files);
    var reservations = new PortReservations(SoleRun.key(app), claim, context.environment());
    WithPorts run =
        reservations.choose(
            reserved -> withPorts(files, root, new PortSearch(reserved)), WithPorts::owners);
    return new Plan(
        blueprint(files, root),
        run.formation,
        workplace(shell, root, RunId.ofThisProcess(root)),
        run.router,
        reservations,
        notes);
  }

  private WithPorts withPorts(AppFiles files, Path root, PortSearch search) {
    Formation formation = formation(files, root, search);
    if (hasErrors()) return new WithPorts(formation, null, Map.of());
    RouterChoice router = RouterChoice.of(wishes.router(), formation, search);
    notes.addAll(router.notes());
    problems.addAll(router.problems());
    var owners = new TreeMap<>(PortSearch.owners(formation));
    owners.putAll(router.owners());
    return new WithPorts(formation, router.plan(), owners);
  }

  /** Reads the app's files again, after they have changed; ports stay as they are planned. */
  static Reading<Blueprint> reread(Wishes wishes, Context context, PortPlan ports) {
    var planner = new Planner(wishes, context);
    planner.ports = ports;
    AppFiles files = planner.files();
    Path root = wishes.app().root().toAbsolutePath().normalize();
    return new Reading<>(planner.blueprint(files, root), planner.problems);
  }

  private Blueprint blueprint(AppFiles files, Path root) {
    PortPlan asked = new PortPlan(PortPlan.DEFAULT_BASE, wishes.ports().step());
    return Blueprint.of(
        files.procfile(),
        withTools(files.vars().values(), wishes.shell(), root, context),
        ports == null ? asked : ports);
  }

  private <T> T take(Reading<T> reading) {
    problems.addAll(reading.problems());
    return reading.value();
  }

  private boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  private void refuseWhatCannotBeMeant(Procfile procfile) {
    problems.addAll(wishes.scale().strangers(procfile, wishes.app().procfile().toString()));
    boolean nothing = wishes.scale().over(procfile).values().stream().allMatch(n -> n == 0);
    if (hasErrors() || !nothing) return;
    boolean onlyRelease =
        procfile.entries().keySet().stream().allMatch(ProcessType.RELEASE::equals);
    problems.add(
        onlyRelease
            ? Problem.error("nothing to start: release runs only when named")
                .hint("type  jlocal start release  or  jlocal run release")
            : Problem.error("nothing to start: every process type is left out"));
  }

  private Shell shell(AppFiles files) {
    Shell shell = Shell.orStandard(wishes.shell().path());
    if (!Files.isExecutable(shell.path())) {
      problems.add(
          Problem.error("there is no shell " + shell.path())
              .hint("name another with --shell PATH"));
    }
    problems.addAll(ShellCheck.problems(shell, files));
    return shell;
  }

  private Formation formation(AppFiles files, Path root, PortSearch search) {
    SequencedMap<String, String> vars =
        withTools(files.vars().values(), wishes.shell(), root, context);
    var counts = wishes.scale().over(files.procfile());
    BasePort base = take(BasePort.of(wishes.app().port(), files.vars(), context.environment()));
    var asked = new PortPlan(base.port(), wishes.ports().step());
    Function<PortPlan, Reading<Formation>> plan =
        ports -> Formation.plan(files.procfile(), vars, counts, ports);
    Formation formation = take(plan.apply(asked));
    if (hasErrors()) return formation;
    boolean movable = !base.chosen() && !wishes.ports().strict();
    PortChoice choice = PortChoice.of(asked, movable, search, ports -> plan.apply(ports).value());
    note(choice.note());
    problems.addAll(choice.problems());
    ports = choice.ports();
    return choice.formation();
  }

  /** The config vars, and PATH with the app's own programs before it unless that is unwanted. */
  static SequencedMap<String, String> withTools(
      SequencedMap<String, String> vars, ShellOptions shell, Path root, Context context) {
    if (!shell.toolPath()) return vars;
    var all = new LinkedHashMap<>(vars);
    String path = vars.getOrDefault("PATH", context.environment().getOrDefault("PATH", ""));
    all.putAll(ToolPath.of(root, path));
    return all;
  }

  private void note(@Nullable String note) {
    if (note != null) notes.add(note);
  }

  private static Workplace workplace(Shell shell, Path root, RunId run) {
    return new Workplace(shell, root, run, Caller.restore(System.getenv()), null);
  }
}
