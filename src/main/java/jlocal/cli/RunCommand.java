package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.addons.TemporaryServers;
import jlocal.config.ConfigVars;
import jlocal.formation.InstanceVars;
import jlocal.os.CallerEnvironment;
import jlocal.os.Helper;
import jlocal.os.Launch;
import jlocal.os.OneOff;
import jlocal.os.Shell;
import jlocal.plan.PlanRequest;
import jlocal.plan.Planner;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import org.jspecify.annotations.Nullable;

/** Runs one command with the app's environment. */
class RunCommand extends SimpleCommand {
  private final String instance;

  RunCommand() {
    this("run.1", "run", "local:run");
    takes("COMMAND [ARG]...", "1..*");
  }

  /** Creates the command; {@code instance}: the DYNO of the one-off. */
  RunCommand(String instance, String name, String... aliases) {
    super(name, aliases);
    withoutJson();
    this.instance = instance;
  }

  @Override
  List<OptionGroup> options() {
    var command = new ArrayList<>(PlanOptions.shellOptions());
    command.addFirst(Options.number(1, 65_535, "-p", AppOptions.PORT).build());
    return List.of(
        new OptionGroup("The app", AppOptions.fileOptions()),
        new OptionGroup("The command", command));
  }

  @Override
  boolean stopsAtFirstArgument() {
    return arguments() != null;
  }

  @Override
  boolean isQuiet() {
    return true;
  }

  @Override
  int run(Values values, Context context) throws Exception {
    return run(values.arguments(), values, context);
  }

  final int run(List<String> words, Values values, Context context) throws Exception {
    PlanRequest.App app = AppOptions.from(values).files();
    ConfigVars vars = app.vars().orThrow();
    var addOns = new AppAddOns(app.root(), context.environment());
    try (TemporaryServers session = addOns.runFor(vars, "")) {
      Launch launch = launch(words, values, addOns.complete(vars));
      OneOff.Failure failure = OneOff.obstacle(launch);
      if (failure == null && session != null) return Helper.inTerminal(launch);
      if (failure == null) {
        handOver(launch, values.arguments());
        return ExitCode.DONE.status();
      }
      String elsewhere = OtherRunners.instead(OtherRunners.RUN, words.getFirst());
      var problem = Problem.error(failure.reason());
      context.report(List.of(elsewhere == null ? problem : problem.hint(elsewhere)));
      return failure.code();
    }
  }

  private Launch launch(List<String> words, Values values, ConfigVars vars) throws UserError {
    PlanRequest.App app = AppOptions.from(values).files();
    Path root = app.root().toAbsolutePath().normalize();
    Procfile.Command type = commandOf(words.getFirst(), AppProcfile.of(values, app));
    // A program's relative paths are relative to the caller's folder.
    boolean here = type == null && values.folderAbove() != null;
    return new Launch(
        argv(words, type, values),
        here ? values.context().directory().toAbsolutePath() : root,
        environment(instance, values, vars, root));
  }

  /** Sends the command to the waiting launcher, which executes it. */
  private static void handOver(Launch launch, List<String> typed) throws UserError {
    String pipe = System.getProperty("jlocal.handover");
    if (pipe == null) {
      throw new UserError(
          "java -jar cannot give its terminal to a command", "use the launcher, jlocal");
    }
    try {
      Files.writeString(Path.of(pipe), OneOff.script(launch, typed));
    } catch (IOException e) {
      throw new UserError(Problem.error("the launcher does not read: " + e.getMessage()));
    }
  }

  /** Returns a type's command; the shell's for one word with blanks; else the typed words. */
  private static List<String> argv(
      List<String> words, Procfile.@Nullable Command command, Values values) {
    String first = words.getFirst();
    Shell shell = Shell.orStandard(PlanOptions.shell(values));
    if (command != null && words.size() > 1) return shell.argv(command.line(), words);
    if (command != null) return shell.argv(command.line());
    boolean line = words.size() == 1 && first.chars().anyMatch(Character::isWhitespace);
    return line ? shell.argv(first) : words;
  }

  private static Procfile.@Nullable Command commandOf(String word, AppProcfile source)
      throws UserError {
    if (!ProcessType.isName(word)) return null;
    boolean isDetected = source.isDetected();
    if (isDetected && !word.equals(ProcessType.WEB.name())) return null;
    var procfile = source.read(_ -> {});
    if (procfile.hasErrors() && isDetected) return null;
    return procfile.orThrow().commands().get(word);
  }

  static Map<String, @Nullable String> environment(
      String instance, Values values, ConfigVars vars, Path root) {
    var environment =
        new LinkedHashMap<String, @Nullable String>(CallerEnvironment.restore(System.getenv()));
    environment.putAll(
        values.is(PlanOptions.TOOL_PATH)
            ? Planner.withToolPath(vars.values(), root, values.context().environment())
            : vars.values());
    environment.putAll(InstanceVars.of(instance, values.get(AppOptions.PORT)));
    return environment;
  }
}
