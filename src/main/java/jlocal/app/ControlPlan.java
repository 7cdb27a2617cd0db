package jlocal.app;

import java.time.Duration;
import jlocal.control.AppKey;
import jlocal.control.Claim;
import jlocal.formation.AppDefinition;
import jlocal.formation.Scale;
import jlocal.plan.Planner;

/**
 * What is needed to steer an app while it runs.
 *
 * @param claim the right to run it, and to be asked
 * @param scale how many of each type were asked for
 * @param planner reads the files again, and finds ports for what is added
 * @param boot how long an order waits for a process to come up; zero for ever
 * @param keys whether keys pressed in the log mean something
 */
public record ControlPlan(
    Claim claim,
    AppKey app,
    Scale scale,
    AppDefinition blueprint,
    Planner planner,
    Duration boot,
    boolean keys) {}
