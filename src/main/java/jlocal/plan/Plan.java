package jlocal.plan;

import java.util.List;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.process.LaunchContext;
import jlocal.procfile.Procfile;
import org.jspecify.annotations.Nullable;

/**
 * What would run.
 *
 * @param blueprint what other formations of the app are made from
 * @param formation the instances, with their ports and variables
 * @param launchContext what all instances share
 * @param router null for no router
 * @param notes what was done otherwise than a person might expect
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
