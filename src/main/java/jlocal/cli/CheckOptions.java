package jlocal.cli;

import java.util.Map;
import jlocal.formation.Scale;
import jlocal.plan.PlanRequest;

/**
 * All that can be said about {@code jlocal check}: what {@code start} would be told.
 *
 * @param json whether only the Procfile is read, and printed as JSON
 */
record CheckOptions(
    AppOptions app,
    Scale scale,
    ShellOptions shell,
    PortOptions ports,
    PlanRequest.Router router,
    boolean json,
    boolean debug) {
  /**
   * What is asked to run.
   *
   * @param environment the caller's
   */
  PlanRequest request(Map<String, String> environment) {
    return new PlanRequest(
        app.files(),
        scale,
        shell.path(),
        shell.toolPath(),
        new PlanRequest.Ports(app.port(), ports.step(), ports.strict()),
        router,
        environment);
  }
}
