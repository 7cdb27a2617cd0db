package jlocal.cli;

import java.util.List;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;

/** Runs only the release phase, in the terminal: the Procfile's {@code release}. */
final class ReleaseCommand extends RunCommand {
  ReleaseCommand() {
    super("release.1", "release");
  }

  @Override
  int run(Values values, Context context) throws Exception {
    var procfile = AppProcfile.of(values, AppOptions.from(values).files()).read(_ -> {});
    List<Problem> missing = missing(procfile.orThrow());
    if (!missing.isEmpty()) throw new UserError(missing);
    return run(List.of(ProcessType.RELEASE.name()), values, context);
  }

  /** Returns an error if there is no such process. */
  static List<Problem> missing(Procfile procfile) {
    if (procfile.entries().containsKey(ProcessType.RELEASE)) return List.of();
    return List.of(
        Problem.error("there is no release process here")
            .hint("write one into the Procfile:  release: COMMAND"));
  }
}
