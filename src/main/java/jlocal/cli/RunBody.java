package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.app.AppFiles;
import jlocal.config.ConfigVars;
import jlocal.os.Caller;
import jlocal.os.Launch;
import jlocal.os.OneOff;
import jlocal.os.Shell;
import jlocal.os.SpawnFailure;
import jlocal.os.ToolPath;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.procfile.Command;
import jlocal.procfile.ProcessType;
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
    OneOff.Failure failure = become(launch);
    if (failure == null) return OneOff.accompany(launch);
    new ErrorReport(context.err(), false).problems(List.of(Problem.error(failure.reason())));
    return failure.code();
  }

  /** Null where this platform has no way to replace a process. */
  private static OneOff.@Nullable Failure become(Launch launch) {
    try {
      return OneOff.become(launch);
    } catch (UnsupportedOperationException | LinkageError _) {
      return null;
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
    if (words.size() == 1) return shell.argv(command.line());
    var argv = new ArrayList<>(shell.argv(command.line() + " \"$@\""));
    argv.addAll(words); // The first word is the shell's $0, the others its "$@".
    return argv;
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
    var environment = new LinkedHashMap<String, @Nullable String>(Caller.restore(System.getenv()));
    environment.putAll(vars.values());
    if (options.shell().toolPath()) {
      String path = vars.value("PATH");
      String before = path == null ? context.environment().getOrDefault("PATH", "") : path;
      environment.putAll(ToolPath.of(root, before));
    }
    environment.put("DYNO", NAME);
    environment.put("PS", NAME);
    environment.put("FOREMAN_WORKER_NAME", NAME);
    environment.put("JLOCAL", "1");
    Integer port = options.port();
    if (port != null) environment.put("PORT", port.toString());
    return environment;
  }
}
