package jlocal.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
 * @param order which of its types wait for which others
 */
public record AppFiles(Procfile procfile, ConfigVars vars, AppSettings settings, StartOrder order) {
  public static final String DEFAULT_ENV = ".env";

  /**
   * Reads the env files too, so that all problems of all files are known at once.
   *
   * @param source of the process types, and of what is in no file
   */
  static Reading<AppFiles> read(ProcfileSource source, PlanRequest.App app, Consumer<String> note) {
    Reading<Procfile> types = source.read(note);
    var vars = app.vars();
    var files = new AppFiles(types.value(), vars.value(), AppSettings.NONE, StartOrder.NONE);
    Reading<AppFiles> all = source.complete(files, note);
    var problems = new ArrayList<Problem>(types.problems());
    problems.addAll(vars.problems());
    problems.addAll(all.problems());
    return new Reading<>(all.value(), problems);
  }

  /** The same with settings, and the order that they and the Procfile make. */
  AppFiles with(AppSettings said, StartOrder next) {
    return new AppFiles(procfile, vars, said, next);
  }

  /** The same with other process types and config vars. */
  public AppFiles with(Procfile types, ConfigVars all) {
    return new AppFiles(types, all, settings, order);
  }

  public static Reading<ConfigVars> readVars(Path root, List<Path> envFiles) {
    if (!envFiles.isEmpty()) return EnvFiles.read(envFiles);
    Path standard = root.resolve(DEFAULT_ENV);
    return EnvFiles.readIfPresent(standard, standard.toString());
  }
}
