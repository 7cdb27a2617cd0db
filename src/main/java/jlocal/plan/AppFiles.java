package jlocal.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jlocal.config.ConfigVars;
import jlocal.config.EnvFiles;
import jlocal.formation.AppSettings;
import jlocal.formation.StartOrder;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.Procfile;

/**
 * What an app says about itself.
 *
 * @param settings what its settings file says
 * @param order which of its types wait for which others
 */
public record AppFiles(Procfile procfile, ConfigVars vars, AppSettings settings, StartOrder order) {
  public static final String DEFAULT_ENV = ".env";

  /**
   * Reads the env files too, so that all problems of all files are known at once.
   *
   * @param root where the default {@code .env} is looked for
   * @param envFiles those that were named and so must exist; empty for the default one, if there
   */
  static Reading<AppFiles> read(Reading<Procfile> types, Path root, List<Path> envFiles) {
    var vars = readVars(root, envFiles);
    var problems = new ArrayList<Problem>(types.problems());
    problems.addAll(vars.problems());
    return new Reading<>(
        new AppFiles(types.value(), vars.value(), AppSettings.NONE, StartOrder.NONE), problems);
  }

  /** The same with settings, and the order that they and the Procfile make. */
  AppFiles with(AppSettings said, StartOrder next) {
    return new AppFiles(procfile, vars, said, next);
  }

  /** Reads the env files alone. */
  public static Reading<ConfigVars> readVars(Path root, List<Path> envFiles) {
    if (!envFiles.isEmpty()) return EnvFiles.read(envFiles);
    Path standard = root.resolve(DEFAULT_ENV);
    return EnvFiles.readIfPresent(standard, standard.toString());
  }
}
