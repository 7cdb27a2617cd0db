package jlocal.plan;

import jlocal.config.ConfigVars;
import jlocal.formation.PortPlan;
import jlocal.problem.Reading;

/** The ports that are asked for, free or not. */
public final class AskedPorts {
  private AskedPorts() {}

  /** By option, env files and environment, as at a start. */
  public static Reading<PortPlan> of(PlanRequest request) {
    ConfigVars vars = request.app().vars().value();
    var base = PortChoice.base(request.ports().base(), vars, request.environment());
    int step = request.ports().step();
    return new Reading<>(new PortPlan(base.value().value(), step), base.problems());
  }
}
