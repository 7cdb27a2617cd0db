package jlocal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import jlocal.control.AppLock;
import jlocal.control.AppPortBlock;
import jlocal.control.PortReservations;
import jlocal.formation.AppDefinition;
import jlocal.formation.AppSettings;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.formation.PortPlan;
import jlocal.formation.StartOrder;
import jlocal.formation.StartOrderReader;
import jlocal.os.RunId;
import jlocal.os.Shell;
import jlocal.os.ToolPath;
import jlocal.plan.PlanRequest.Setting;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.process.LaunchContext;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import org.jspecify.annotations.Nullable;

/**
 * Plans the run of one request: at the start, and again after changes of the app's files or its
 * scale. Starts nothing. Any thread.
 */
public final class Planner {
  private final PlanRequest request;
  private final ProcfileSource source;
  private final PortReservations reservations;
  private final AppPortBlock own;
  private final boolean isStart;

  /**
   * Creates a planner; {@code appLock}: where reserved ports are published, null to reserve none.
   */
  public Planner(PlanRequest request, ProcfileSource source, @Nullable AppLock appLock) {
    this.request = request;
    this.source = source;
    reservations = new PortReservations(request.app().key(), appLock, request.environment());
    own = new AppPortBlock(request.app().key(), request.environment());
    isStart = appLock != null;
  }

  /** Returns the reservations of the app, and of others. */
  public PortReservations reservations() {
    return reservations;
  }

  /** Returns the request. */
  public PlanRequest request() {
    return request;
  }

  /** Describes its ports for when the usual ones are in use; empty if the user chose them. */
  public String ownPorts() {
    if (request.ports().base().isChosen() || request.ports().strict()) return "";
    return "if these ports are in use: PORTs from %d, the router on %d"
        .formatted(own.base(), own.router(request.router().port().value()));
  }

  /** Plans the start of the app and reserves its ports, unless there is an error. */
  public Reading<Plan> plan() {
    var notes = new ArrayList<String>();
    Reading<AppFiles> read = readFiles(notes::add);
    return plan(read.value(), read.problems(), notes);
  }

  /** Plans the start, with a warning for each config var that would be a problem on Heroku only. */
  public Reading<Plan> planForHeroku() {
    var notes = new ArrayList<String>();
    Reading<AppFiles> read = readFiles(notes::add);
    var problems = new ArrayList<>(read.problems());
    problems.addAll(read.value().vars().unfitForHeroku());
    return plan(read.value(), problems, notes);
  }

  private Reading<Plan> plan(AppFiles files, List<Problem> found, List<String> notes) {
    var problems = new ArrayList<>(found);
    if (!hasErrors(problems)) problems.addAll(impossible(files));
    Shell shell = Shell.orStandard(request.shell());
    problems.addAll(problemsWith(shell, files));
    var base = PortChoice.base(request.ports().base(), files.vars(), request.environment());
    problems.addAll(base.problems());
    boolean isPossible = !hasErrors(problems);
    reservations.clear();
    Addresses addresses =
        reservations.choose(
            reserved -> {
              PortProbe probe = PortProbe.ofThisMachine(reserved);
              return addresses(files, base.value(), isPossible ? probe : null);
            },
            Addresses::reservations);
    problems.addAll(addresses.problems);
    notes.addAll(addresses.notes);
    Path root = root(request.app());
    var launchContext =
        new LaunchContext(
            shell,
            request.directory(),
            RunId.ofThisProcess(root),
            InheritedVariables.of(request.router(), reservations.isOfRunningApp(), notes),
            null);
    var plan =
        new Plan(
            blueprint(files, addresses.ports),
            addresses.formation,
            launchContext,
            addresses.router,
            notes);
    return new Reading<>(plan, problems);
  }

  /** The formation and the router with their ports. */
  private record Addresses(
      Formation formation,
      PortPlan ports,
      @Nullable RouterPlan router,
      List<Problem> problems,
      List<String> notes) {
    Map<Integer, String> reservations() {
      if (hasErrors(problems)) return Map.of();
      var all = new TreeMap<>(Planner.reservations(formation));
      if (router != null) all.putAll(router.reservations());
      return all;
    }
  }

  /**
   * Finds ports.
   *
   * @param probe null if there are errors, so that ports need not be tried
   */
  private Addresses addresses(AppFiles files, Setting<Integer> base, @Nullable PortProbe probe) {
    var counts = request.scale().over(files.procfile(), files.order());
    var vars = variables(files);
    Function<PortPlan, Reading<Formation>> plan =
        ports -> {
          Reading<Formation> formation = Formation.plan(files.procfile(), vars, counts, ports);
          return new Reading<>(
              formation.value().in(files.order()).with(files.settings().types()),
              formation.problems());
        };
    var asked = new PortPlan(base.value(), request.ports().step());
    Reading<Formation> formation = plan.apply(asked);
    if (probe == null || formation.hasErrors()) {
      return new Addresses(formation.value(), asked, null, formation.problems(), List.of());
    }
    boolean movable = !base.isChosen() && !request.ports().strict();
    PortChoice choice =
        PortChoice.of(asked, movable ? own::base : null, probe, ports -> plan.apply(ports).value());
    if (isStart && choice.note() != null) own.remember(choice.ports().base());
    var problems = new ArrayList<>(formation.problems());
    problems.addAll(choice.problems());
    var notes = new ArrayList<String>();
    if (choice.note() != null) notes.add(choice.note());
    if (hasErrors(problems)) {
      return new Addresses(choice.formation(), choice.ports(), null, problems, notes);
    }
    RouterChoice router = RouterChoice.of(request.router(), choice.formation(), probe, own::router);
    problems.addAll(router.problems());
    notes.addAll(router.notes());
    return new Addresses(choice.formation(), choice.ports(), router.plan(), problems, notes);
  }

  private static Map<Integer, String> reservations(Formation formation) {
    var ports = new TreeMap<Integer, String>();
    formation.specs().values().forEach(spec -> ports.put(spec.port(), spec.name().toString()));
    return ports;
  }

  /** Reads the app's files again. The result has the default ports. */
  public Reading<AppDefinition> reread() {
    Reading<AppFiles> files = readFiles(_ -> {});
    var ports = new PortPlan(PortPlan.DEFAULT_BASE, request.ports().step());
    return new Reading<>(blueprint(files.value(), ports), files.problems());
  }

  /** Chooses and reserves the ports of a router for an app that was started without one. */
  public RouterChoice lateRouter(Formation formation) {
    return reservations.choose(
        reserved -> {
          PortProbe probe = PortProbe.ofThisMachine(reserved);
          return RouterChoice.of(request.router(), formation, probe, own::router);
        },
        choice -> choice.plan() == null ? Map.of() : choice.plan().reservations());
  }

  /**
   * Reserves the ports of a formation.
   *
   * @param added the instances whose ports must be free
   * @return an error for each busy port; then nothing is reserved
   */
  public List<Problem> reserve(Formation formation, Collection<InstanceName> added) {
    return reservations.choose(
        reserved -> {
          PortProbe probe = PortProbe.ofThisMachine(reserved);
          var busy = new ArrayList<>(PortChoice.busy(formation, probe));
          busy.removeIf(spec -> !added.contains(spec.name()));
          return PortChoice.problems(busy, probe);
        },
        problems -> problems.isEmpty() ? reservations(formation) : Map.of());
  }

  private Reading<AppFiles> readFiles(Consumer<String> note) {
    Reading<AppFiles> files = AppFiles.read(source, request.app(), note);
    Procfile procfile = files.value().procfile();
    Reading<AppSettings> settings = source.settings(procfile);
    Reading<StartOrder> order =
        StartOrderReader.read(
            procfile, settings.value().order(), request.bootTimeout(), this::text);
    var problems = new ArrayList<>(files.problems());
    if (!files.hasErrors()) problems.addAll(settings.problems());
    problems.addAll(order.problems());
    return new Reading<>(files.value().with(settings.value(), order.value()), problems);
  }

  /** Reads a file of the app that a command may name; null if it cannot be read. */
  private @Nullable String text(String name) {
    try {
      return Files.readString(request.app().root().resolve(name));
    } catch (IOException _) {
      return null;
    }
  }

  private AppDefinition blueprint(AppFiles files, PortPlan ports) {
    return AppDefinition.of(files.procfile(), variables(files), ports)
        .with(files.settings(), files.order());
  }

  private SequencedMap<String, String> variables(AppFiles files) {
    var vars = files.vars().values();
    if (!request.addToolPath()) return vars;
    return withToolPath(vars, request.directory(), request.environment());
  }

  /** Returns the config vars, with a PATH that begins with the app's own programs. */
  public static SequencedMap<String, String> withToolPath(
      SequencedMap<String, String> vars, Path root, Map<String, String> environment) {
    var all = new LinkedHashMap<>(vars);
    String path = vars.getOrDefault("PATH", environment.getOrDefault("PATH", ""));
    all.putAll(ToolPath.of(root, path));
    return all;
  }

  private static Path root(PlanRequest.App app) {
    return app.root().toAbsolutePath().normalize();
  }

  private static boolean hasErrors(List<Problem> problems) {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** Returns errors for unknown types, invalid counts, and an empty formation. */
  private List<Problem> impossible(AppFiles files) {
    Procfile procfile = files.procfile();
    String shownAs = request.app().procfile().toString();
    var problems = new ArrayList<>(request.scale().unknownTypes(procfile, shownAs));
    problems.addAll(files.settings().tooMany(request.scale().counts()));
    boolean nothing = request.scale().over(procfile).values().stream().allMatch(n -> n == 0);
    if (hasErrors(problems) || !nothing) return problems;
    boolean onlyRelease =
        procfile.entries().keySet().stream().allMatch(ProcessType.RELEASE::equals);
    problems.add(
        onlyRelease
            ? Problem.error("nothing to start: release runs only when named")
                .hint("type  jlocal release  or  jlocal start release")
            : Problem.error("nothing to start: every process type is left out"));
    return problems;
  }

  private static List<Problem> problemsWith(Shell shell, AppFiles files) {
    var problems = new ArrayList<Problem>();
    if (!Files.isExecutable(shell.path())) {
      problems.add(
          Problem.error("there is no shell " + shell.path())
              .hint("choose another with --shell PATH"));
    }
    problems.addAll(ShellCheck.problems(shell, files));
    return problems;
  }
}
