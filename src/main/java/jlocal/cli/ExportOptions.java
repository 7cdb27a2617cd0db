package jlocal.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.addons.AddOn;
import jlocal.addons.AddOns;
import jlocal.addons.InstalledServer;
import jlocal.cli.Subcommand.OptionGroup;
import jlocal.config.ConfigVars;
import jlocal.config.EnvFiles;
import jlocal.export.BackingService;
import jlocal.export.ExportRequest;
import jlocal.export.ExportRequest.Machine;
import jlocal.export.ExportRequest.Range;
import jlocal.export.ExportedApp;
import jlocal.export.ExportedType;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.formation.PortPlan;
import jlocal.formation.Scale;
import jlocal.os.Helper;
import jlocal.os.Shell;
import jlocal.plan.PlanRequest;
import jlocal.plan.Planner;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.process.RestartPolicy;
import jlocal.procfile.ProcessType;

/**
 * The options of {@code jlocal export}.
 *
 * @param request what is requested to run
 */
record ExportOptions(PlanRequest request, Values values) {
  static final String YES = "--yes";

  private static final String APP = "--app";
  private static final String USER = "--user";
  private static final String LOG = "--log";
  private static final String TEMPLATE = "--template";
  private static final String SECRETS = "--with-secrets";

  private static final String AUTOSCALE = "--autoscale";
  private static final Pattern RANGE =
      Pattern.compile("([A-Za-z0-9_-]+)=([0-9]{1,4})-([0-9]{1,4})");

  private static final Pattern SYSTEMD =
      Pattern.compile("systemd ([0-9]{1,4})\\b.*", Pattern.DOTALL);
  private static final int NEWEST = 9999;
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

  static List<OptionGroup> groups() {
    var groups = new ArrayList<OptionGroup>();
    groups.add(
        new OptionGroup(
            "The export",
            Options.option(String.class, text -> text, "NAME", "-a", APP).build(),
            Options.option(String.class, text -> text, "USER", "-u", USER).build(),
            Options.path("DIR", "-l", LOG).build(),
            Options.path("DIR", "-t", TEMPLATE).build(),
            Options.flag(SECRETS),
            Options.list(ExportOptions::range, "TYPE=MIN-MAX,...", AUTOSCALE).build(),
            Options.flag("-y", YES)));
    groups.addAll(PlanOptions.groups());
    groups.add(
        new OptionGroup(
            "Life",
            Options.setting(Options.seconds("--timeout").defaultValue("5")),
            Options.setting(
                Options.choice(RestartPolicy.class, "--restart").defaultValue("on-crash")),
            MetricsOptions.memoryOption()));
    return groups;
  }

  static ExportOptions from(Values values) {
    return new ExportOptions(PlanOptions.from(values, List.of()), values);
  }

  /** Returns the name of the format. */
  String format() {
    return values.arguments().getFirst();
  }

  /** Returns the app to export; problems with its files are reported to the context. */
  ExportedApp app(Context context) throws UserError {
    var procfile = AppProcfile.of(values, request.app());
    PlanRequest asked = released(procfile);
    Reading<AppDefinition> read = new Planner(asked, procfile, null).reread();
    Reading<PortPlan> ports = asked.chosenPorts();
    AppDefinition app = read.value().on(ports.value());
    var addOns = addOns(procfile);
    Scale scale =
        asked.scale().without(addOns.stream().map(it -> new ProcessType(it.name())).toList());
    Reading<Formation> formation = app.formation(scale.over(app.procfile(), app.order()));
    var problems = new ArrayList<>(read.problems());
    problems.addAll(ports.problems());
    problems.addAll(
        asked.scale().unknownTypes(app.procfile(), request.app().procfile().toString()));
    problems.addAll(formation.problems());
    Map<String, ExportedType.Memory> memory = memory(app, problems);
    if (formation.value().specs().isEmpty()) problems.add(Problem.error("nothing to export"));
    if (problems.stream().anyMatch(Problem::isError)) throw new UserError(problems);
    context.report(problems);
    Path root = request.app().root().toAbsolutePath().normalize();
    return ExportedApp.of(
        app,
        formation.value(),
        new ExportedApp.Common(
            values.isGiven(APP) ? values.<String>get(APP) : String.valueOf(root.getFileName()),
            root,
            Shell.orStandard(request.shell()).path(),
            values.get("--restart"),
            values.get("--timeout"),
            memory,
            request.router().port().value(),
            published(root),
            addOns.stream()
                .filter(it -> app.vars().entrySet().contains(it.variables().firstEntry()))
                .map(ExportOptions::service)
                .toList()));
  }

  /** Returns the add-ons of the app that no type of the Procfile replaces. */
  private List<AddOn> addOns(AppProcfile procfile) throws UserError {
    Path root = request.app().root();
    if (!new AppAddOns(root, request.environment()).exist()) return List.of();
    var own = procfile.read(_ -> {}).value().entries().keySet();
    var addOns = new ArrayList<>(AddOns.of(root).all());
    addOns.removeIf(it -> own.contains(new ProcessType(it.name())));
    return addOns;
  }

  private static BackingService service(AddOn addOn) {
    InstalledServer engine = addOn.engine();
    boolean isOwn = addOn.service().isOwn();
    return new BackingService(
        addOn.name(),
        engine.server(),
        isOwn ? "a mail server" : addOn.service().product() + " " + engine.major(),
        engine.major(),
        addOn.port(),
        addOn.password(),
        addOn.variables());
  }

  /** Returns the values in the example of the env file, which are public. */
  private static Map<String, String> published(Path root) {
    Path example = root.resolve(".env.example");
    Reading<ConfigVars> read = EnvFiles.readIfPresent(example, example.toString());
    return read.hasErrors() ? Map.of() : read.value().values();
  }

  /**
   * Returns the request with the release phase unless an option decides, and without this machine's
   * tools in PATH, which formats add as needed.
   */
  private PlanRequest released(AppProcfile source) {
    Scale scale = request.scale();
    boolean isReleased =
        source.read(_ -> {}).value().entries().containsKey(ProcessType.RELEASE)
            && !scale.counts().containsKey(ProcessType.RELEASE);
    if (isReleased) {
      var counts = new LinkedHashMap<>(scale.counts());
      counts.put(ProcessType.RELEASE, 1);
      scale = new Scale(counts, scale.others());
    }
    return request.exported(scale);
  }

  private Map<String, ExportedType.Memory> memory(AppDefinition app, List<Problem> problems) {
    var options = new MetricsOptions(values, request.app().root());
    problems.addAll(options.problems(app.procfile()));
    var memory = new LinkedHashMap<String, ExportedType.Memory>();
    options
        .quotas(options.ofTypes(), new ArrayList<>())
        .forEach((type, quota) ->
            memory.put(type, new ExportedType.Memory(quota.bytes(), quota.limit())));
    return memory;
  }

  /** Returns how to export it. */
  ExportRequest request(Context context) {
    List<String> words = values.arguments();
    Path folder = words.size() < 2 ? null : absolute(context.directory().resolve(words.get(1)));
    return new ExportRequest(
        folder,
        values.isGiven(USER) ? values.<String>get(USER) : null,
        values.isGiven(LOG) ? absolute(values.path(LOG)) : null,
        values.isGiven(TEMPLATE) ? absolute(values.path(TEMPLATE)) : null,
        values.is(SECRETS),
        autoscale(),
        machine(context.environment()));
  }

  private Map<String, Range> autoscale() {
    var all = new LinkedHashMap<String, Range>();
    values.<Map<String, Range>>list(AUTOSCALE).forEach(all::putAll);
    return all;
  }

  private static Map<String, Range> range(String text) {
    Matcher parts = RANGE.matcher(text.strip());
    if (!parts.matches()) throw Converters.invalid(text, "is not of the form web=2-10");
    int least = Integer.parseInt(parts.group(2));
    int most = Integer.parseInt(parts.group(3));
    if (least < 1 || most < least)
      throw Converters.invalid(text, "is not a range that begins with 1 or more");
    return Map.of(parts.group(1), new Range(least, most));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static Machine machine(Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "");
    Path jlocal =
        Stream.of(path.split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "jlocal").toAbsolutePath())
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    return new Machine(System.getProperty("user.name"), path, systemd(), jlocal);
  }

  private static int systemd() {
    try {
      var answer = Helper.run(List.of("systemctl", "--version"), Map.of(), ANSWER_TIMEOUT);
      Matcher version = SYSTEMD.matcher(answer.output());
      return version.matches() ? Integer.parseInt(version.group(1)) : NEWEST;
    } catch (IOException _) {
      return NEWEST;
    }
  }
}
