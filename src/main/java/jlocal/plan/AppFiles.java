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
 * The files of an app, parsed.
 *
 * @param order the dependencies between its types
 */
public record AppFiles(Procfile procfile, ConfigVars vars, AppSettings settings, StartOrder order) {
  public static final String DEFAULT_ENV = ".env";

  /**
   * Reads all files, including the env files, so that all their problems are reported together.
   *
   * @param source of the process types, and of values outside the files
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

  /** Returns a copy with other settings and start order. */
  AppFiles with(AppSettings said, StartOrder next) {
    return new AppFiles(procfile, vars, said, next);
  }

  /** Returns a copy with other process types and config vars. */
  public AppFiles with(Procfile types, ConfigVars all) {
    return new AppFiles(types, all, settings, order);
  }

  public static Reading<ConfigVars> readVars(Path root, List<Path> envFiles) {
    if (!envFiles.isEmpty()) return EnvFiles.read(envFiles);
    Path standard = root.resolve(DEFAULT_ENV);
    return EnvFiles.readIfPresent(standard, standard.toString());
  }
}
