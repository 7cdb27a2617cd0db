package jlocal.plan;

import java.util.function.Consumer;
import jlocal.formation.AppSettings;
import jlocal.problem.Reading;
import jlocal.procfile.Procfile;

/** Supplies an app's process types and their commands, at the start and at a reload. */
@FunctionalInterface
public interface ProcfileSource {
  /** Reads them; {@code note} receives deviations that may surprise the user. */
  Reading<Procfile> read(Consumer<String> note);

  /** Adds process types and config vars from outside the files. */
  default Reading<AppFiles> complete(AppFiles files, Consumer<String> note) {
    return Reading.of(files);
  }

  /** Reads the current settings file; empty if there is none. */
  default Reading<AppSettings> settings(Procfile procfile) {
    return Reading.of(AppSettings.NONE);
  }
}
