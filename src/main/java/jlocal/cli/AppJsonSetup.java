package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.addons.AddOn;
import jlocal.addons.AddOns;
import jlocal.addons.AppJson;
import jlocal.addons.TemporaryServers;
import jlocal.config.ConfigVars;
import jlocal.config.EnvStore;
import jlocal.os.Daemon;
import jlocal.os.Helper;
import jlocal.os.Launch;
import jlocal.os.Shell;
import jlocal.os.Terminal;
import jlocal.plan.PlanRequest;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** Sets up what app.json requests before the first start: add-ons, config vars, postdeploy. */
final class AppJsonSetup {
  private final PlanRequest.App app;
  private final Values values;
  private final Context context;
  private final AppJson json;
  private final ConfigVars vars;

  private AppJsonSetup(PlanRequest.App app, Values values, Context context) throws UserError {
    this.app = app;
    this.values = values;
    this.context = context;
    json = AppJson.in(app.root());
    vars = app.vars().value();
  }

  /** Returns the formation of app.json in the form of {@code -m}, for types without {@code -m}. */
  static List<String> formation(PlanRequest.App app, Values values) {
    boolean isSaid = values.isGiven(PlanOptions.FORMATION);
    if (isSaid || !Files.exists(app.root().resolve(AppJson.FILE))) return List.of();
    try {
      var wanted = new LinkedHashMap<>(AppJson.in(app.root()).formation());
      wanted
          .keySet()
          .retainAll(AppProcfile.of(values, app).read(_ -> {}).value().commands().keySet());
      return wanted.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList();
    } catch (UserError _) {
      return List.of(); // 'check' reports the error.
    }
  }

  /**
   * Asks once, at a terminal; not with {@code --yes}.
   *
   * @return 0, or the exit status of postdeploy, which ends the start
   */
  static int run(PlanRequest.App app, Values values, Context context) throws Exception {
    if (!Files.exists(app.root().resolve(AppJson.FILE)) || Daemon.isThis()) return 0;
    boolean isAgreed = values.is(AddOnsCreateCommand.YES);
    if (!isAgreed && AddOns.of(app.root()).isSetUp()) return 0;
    try {
      return new AppJsonSetup(app, values, context).run(isAgreed);
    } catch (UserError e) {
      if (isAgreed) throw e;
      return 0; // 'check' reports the error.
    }
  }

  private int run(boolean isAgreed) throws Exception {
    List<AppJson.Wanted> wanted = wanted();
    Map<String, String> missing = missing();
    var todo = new ArrayList<String>();
    wanted.forEach(it -> todo.add("add-on " + it.service()));
    missing.keySet().forEach(name -> todo.add("config var " + name));
    boolean isFirst = !AddOns.of(app.root()).isSetUp() && !json.postdeploy().isEmpty();
    if (isFirst) todo.add("postdeploy: " + json.postdeploy());
    if (todo.isEmpty()) return 0;
    if (!isAgreed && !agrees(todo)) return 0;
    for (AppJson.Wanted each : wanted) {
      AddOnsCreateCommand.make(each, app, values, context);
    }
    write(missing);
    int code = isFirst ? postdeploy() : 0;
    if (code == 0) AddOns.of(app.root()).setUp();
    return code;
  }

  private boolean agrees(List<String> todo) throws IOException, UserError {
    context.err().line("app.json asks for:");
    todo.forEach(line -> context.err().line("  " + line));
    if (!Terminal.is(Terminal.Stream.IN)) {
      context.err().line("  'jlocal start --yes' does this");
      return false;
    }
    boolean isAgreed = context.agrees("continue?");
    if (!isAgreed) AddOns.of(app.root()).setUp();
    return isAgreed;
  }

  /** Returns the requested add-ons that neither exist nor are replaced by config vars. */
  private List<AppJson.Wanted> wanted() throws UserError {
    var there = new ArrayList<String>();
    for (AddOn each : AddOns.of(app.root()).all()) there.addAll(each.service().names());
    var wanted = new ArrayList<AppJson.Wanted>();
    for (AppJson.Wanted each : json.available()) {
      String variable = json.variableOf(each);
      boolean isOwn = vars.value(variable) != null || context.environment().containsKey(variable);
      if (!isOwn && !there.remove(each.service())) wanted.add(each);
    }
    return wanted;
  }

  private Map<String, String> missing() throws UserError {
    var known = new HashSet<>(vars.byName().keySet());
    known.addAll(context.environment().keySet());
    return json.missing(known);
  }

  /**
   * Writes variables to the env file that is read first; asks for missing values, or lists them.
   */
  private void write(Map<String, String> missing) throws UserError {
    var all = new LinkedHashMap<>(missing);
    json.env()
        .forEach((name, variable) -> {
          boolean isSet = all.containsKey(name) || vars.value(name) != null;
          if (isSet || context.isVariableSet(name) || !variable.isRequired()) return;
          String typed = Terminal.is(Terminal.Stream.IN) ? context.ask(name + "? ") : null;
          if (typed != null && !typed.isEmpty()) all.put(name, typed);
          else warn("app.json requires " + name, "jlocal config:set " + name + "=…");
        });
    if (all.isEmpty()) return;
    Path file = app.allEnvFiles().getFirst();
    EnvStore store = EnvStore.open(file);
    store.prepare(store.text().with(all));
    store.commit();
    context.out().line("set in " + file + ": " + String.join(", ", all.keySet()));
  }

  private void warn(String what, String todo) {
    context.report(List.of(Problem.warning(what).hint(todo)));
  }

  private int postdeploy() throws Exception {
    context.err().line("postdeploy: " + json.postdeploy());
    ConfigVars now = app.vars().value();
    var addOns = new AppAddOns(app.root(), context.environment());
    Path root = app.root().toAbsolutePath().normalize();
    int code;
    try (TemporaryServers _ = addOns.runFor(now, "")) {
      var environment = RunCommand.environment("postdeploy.1", values, addOns.complete(now), root);
      List<String> argv = Shell.standard().argv(json.postdeploy());
      code = Helper.inTerminal(new Launch(argv, root, environment));
    }
    if (code != 0) warn("postdeploy failed with " + code + ": nothing is started", "see above");
    return code;
  }

  /** Prints the requests of app.json, for {@code check}. */
  static void describe(PlanRequest.App app, Context context) throws UserError {
    if (!Files.exists(app.root().resolve(AppJson.FILE))) return;
    AppJson json = AppJson.in(app.root());
    for (AppJson.Wanted each : json.available()) say("add-on " + each.service(), context);
    if (!json.env().isEmpty())
      say("config vars " + String.join(", ", json.env().keySet()), context);
    if (!json.postdeploy().isEmpty()) say("postdeploy, once: " + json.postdeploy(), context);
    if (!json.formation().isEmpty())
      say("formation, unless -m is given: " + json.formation(), context);
    json.unavailable().forEach(name -> say("there is no add-on " + name + " here", context));
    if (!json.unused().isEmpty()) {
      say("not used: " + String.join(", ", json.unused()), context);
    }
  }

  private static void say(String what, Context context) {
    context.out().line("app.json: " + what);
  }
}
