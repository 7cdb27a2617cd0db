package jlocal.plan;

import java.util.List;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.process.LaunchContext;
import jlocal.procfile.Procfile;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run.
 *
 * @param blueprint the source of other formations of the app
 * @param formation the instances, with their ports and variables
 * @param launchContext shared by all instances
 * @param router null for no router
 * @param notes deviations that may surprise the user
 */
public record Plan(
    AppDefinition blueprint,
    Formation formation,
    LaunchContext launchContext,
    @Nullable RouterPlan router,
    List<String> notes) {
  public Plan {
    notes = List.copyOf(notes);
  }

  public Procfile procfile() {
    return blueprint.procfile();
  }
}
