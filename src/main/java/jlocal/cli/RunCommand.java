package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.config.ConfigVars;
import jlocal.formation.InstanceVars;
import jlocal.os.CallerEnvironment;
import jlocal.os.Handover;
import jlocal.os.Launch;
import jlocal.os.OneOff;
import jlocal.os.Shell;
import jlocal.os.SpawnFailure;
import jlocal.plan.AppFiles;
import jlocal.plan.PlanRequest;
import jlocal.plan.Planner;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.ProcfileReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Runs one command with the app's environment. */
final class RunCommand extends Subcommand<RunCommand.Run> {
  private static final String NAME = "run.1";

  RunCommand() {
    super(
        "run one command, or a process type once, with the app's environment", "run", "local:run");
  }

  /**
   * What is run.
   *
   * @param shell null for the default one
   * @param addToolPath whether the app's own programs go first in PATH
   * @param port the command's PORT; null for none, whatever the settings file says
   * @param command the command and its arguments exactly as given; never empty
   */
  record Run(
      AppOptions app,
      @Nullable Path shell,
      boolean addToolPath,
      @Nullable Integer port,
      List<String> command) {}

  @Override
  List<OptionGroup> options() {
    var command = new ArrayList<OptionSpec>();
    command.add(
        Options.number(OptionSpec.builder("-p", AppOptions.PORT), 1, 65_535)
            .description("the PORT it gets (default: none)")
            .build());
    command.addAll(PlanOptions.shellOptions());
    return List.of(
        new OptionGroup("The app", AppOptions.fileOptions()),
        new OptionGroup("The command", command));
  }

  @Override
  PositionalParamSpec arguments() {
    return PositionalParamSpec.builder()
        .arity("1..*")
        .required(true)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel("COMMAND [ARG]...")
        .build();
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("jlocal run python manage.py shell", "its own options need no --"),
        new Example(
            "jlocal run 'echo $DATABASE_URL | wc -c'", "one word with blanks is for the shell"),
        new Example(
            "jlocal run worker --once", "the command of a process type, with more behind it"));
  }

  @Override
  boolean stopsAtFirstArgument() {
    return true;
  }

  @Override
  boolean isQuiet() {
    return true;
  }

  @Override
  Run read(Values values) {
    Integer port = values.get(AppOptions.PORT);
    return new Run(
        AppOptions.from(values),
        PlanOptions.shell(values),
        values.is(PlanOptions.TOOL_PATH),
        port,
        values.arguments());
  }

  @Override
  int run(Run run, Context context) throws UserError, SpawnFailure {
    PlanRequest.App app = run.app().files();
    Reading<ConfigVars> vars = AppFiles.readVars(app.root(), app.envFiles());
    if (vars.hasErrors()) throw new UserError(vars.problems());
    Path root = app.root().toAbsolutePath().normalize();
    var launch = new Launch(argv(run), root, environment(run, context, vars.value(), root));
    OneOff.Failure failure = OneOff.obstacle(launch);
    if (failure == null) {
      if (handedOver(launch, run.command())) return ExitCode.DONE.status();
      var undecoded = new ArrayList<Problem>();
      launch.argv().forEach(word -> Encoding.addIfUndecoded(word, undecoded));
      if (!undecoded.isEmpty()) throw new UserError(undecoded);
      return OneOff.accompany(launch);
    }
    String elsewhere = OtherRunners.instead(OtherRunners.RUN, run.command().getFirst());
    var problem = Problem.error(failure.reason());
    context.report(List.of(elsewhere == null ? problem : problem.hint(elsewhere)));
    return failure.code();
  }

  /** Whether there is a launcher that waits for what it shall become, and has been told. */
  private static boolean handedOver(Launch launch, List<String> typed) throws UserError {
    String ear = System.getProperty("jlocal.handover");
    if (ear == null) return false;
    try {
      Files.writeString(Path.of(ear), Handover.script(launch, typed));
      return true;
    } catch (IOException e) {
      throw new UserError(Problem.error("the launcher does not listen: " + e.getMessage()));
    }
  }

  /** A process type runs its command; one word with blanks is for the shell; else as it is. */
  private static List<String> argv(Run run) throws UserError {
    List<String> words = run.command();
    String first = words.getFirst();
    Shell shell = Shell.orStandard(run.shell());
    Procfile.Command command = commandOf(first, run.app());
    if (command != null) return withMore(shell, command, words);
    boolean line = words.size() == 1 && first.chars().anyMatch(Character::isWhitespace);
    return line ? shell.argv(first) : words;
  }

  private static List<String> withMore(Shell shell, Procfile.Command command, List<String> words) {
    return words.size() == 1 ? shell.argv(command.line()) : shell.argv(command.line(), words);
  }

  private static Procfile.@Nullable Command commandOf(String word, AppOptions app)
      throws UserError {
    if (!ProcessType.isName(word)) return null;
    if (!app.isProcfileNamed() && !Files.exists(app.files().procfile())) return null;
    var procfile = ProcfileReader.read(app.files().procfile(), app.files().procfile().toString());
    if (procfile.hasErrors()) throw new UserError(procfile.problems());
    return procfile.value().entries().get(new ProcessType(word));
  }

  private static Map<String, @Nullable String> environment(
      Run run, Context context, ConfigVars vars, Path root) {
    var environment =
        new LinkedHashMap<String, @Nullable String>(CallerEnvironment.restore(System.getenv()));
    environment.putAll(
        run.addToolPath()
            ? Planner.withToolPath(vars.values(), root, context.environment())
            : vars.values());
    environment.putAll(InstanceVars.of(NAME, run.port()));
    return environment;
  }
}
