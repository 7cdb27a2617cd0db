package jlocal.plan;

import java.util.function.Consumer;
import jlocal.formation.AppSettings;
import jlocal.problem.Reading;
import jlocal.procfile.Procfile;

/** Where the process types of an app and their commands come from, at the start and at a reload. */
@FunctionalInterface
public interface ProcfileSource {
  /** Reads them; {@code note} is told what is otherwise than a person might expect. */
  Reading<Procfile> read(Consumer<String> note);

  /** Adds what is not in the files: process types and config vars of other origin. */
  default Reading<AppFiles> complete(AppFiles files, Consumer<String> note) {
    return Reading.of(files);
  }

  /** Reads what the settings file says, as it is now; nothing where there is none. */
  default Reading<AppSettings> settings(Procfile procfile) {
    return Reading.of(AppSettings.NONE);
  }
}
