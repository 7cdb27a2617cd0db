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
import jlocal.plan.Planner;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile.Command;
import jlocal.procfile.ProcfileReader;
import org.jspecify.annotations.Nullable;

/** {@code jlocal run}: becomes one command with the app's environment. */
final class RunBody implements Body<RunOptions> {
  private static final String NAME = "run.1";

  @Override
  public int run(RunOptions options, Context context) throws UserError, SpawnFailure {
    AppOptions app = options.app();
    Reading<ConfigVars> vars = AppFiles.readVars(app.root(), app.envFiles());
    if (vars.hasErrors()) throw new UserError(vars.problems());
    Path root = app.root().toAbsolutePath().normalize();
    var launch = new Launch(argv(options), root, environment(options, context, vars.value(), root));
    OneOff.Failure failure = OneOff.obstacle(launch);
    if (failure == null) {
      if (handedOver(launch, options.command())) return ExitCode.DONE.status();
      var undecoded = new ArrayList<Problem>();
      launch.argv().forEach(word -> Encoding.addIfUndecoded(word, undecoded));
      if (!undecoded.isEmpty()) throw new UserError(undecoded);
      return OneOff.accompany(launch);
    }
    String word = options.command().getFirst();
    String elsewhere = OtherRunners.instead(OtherRunners.RUN, word);
    var problem = Problem.error(failure.reason());
    new ErrorReport(context.err(), false)
        .problems(List.of(elsewhere == null ? problem : problem.hint(elsewhere)));
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
  private static List<String> argv(RunOptions options) throws UserError {
    List<String> words = options.command();
    String first = words.getFirst();
    Shell shell = Shell.orStandard(options.shell().path());
    Command command = commandOf(first, options.app());
    if (command != null) return withMore(shell, command, words);
    boolean line = words.size() == 1 && first.chars().anyMatch(Character::isWhitespace);
    return line ? shell.argv(first) : words;
  }

  private static List<String> withMore(Shell shell, Command command, List<String> words) {
    return words.size() == 1 ? shell.argv(command.line()) : shell.argv(command.line(), words);
  }

  private static @Nullable Command commandOf(String word, AppOptions app) throws UserError {
    if (!ProcessType.isName(word)) return null;
    if (!app.procfileNamed() && !Files.exists(app.procfile())) return null;
    var procfile = ProcfileReader.read(app.procfile(), app.procfile().toString());
    if (procfile.hasErrors()) throw new UserError(procfile.problems());
    return procfile.value().entries().get(new ProcessType(word));
  }

  private static Map<String, @Nullable String> environment(
      RunOptions options, Context context, ConfigVars vars, Path root) {
    var environment =
        new LinkedHashMap<String, @Nullable String>(CallerEnvironment.restore(System.getenv()));
    environment.putAll(
        options.shell().toolPath()
            ? Planner.withToolPath(vars.values(), root, context.environment())
            : vars.values());
    environment.putAll(InstanceVars.of(NAME, options.port()));
    return environment;
  }
}
