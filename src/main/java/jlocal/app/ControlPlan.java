package jlocal.app;

import java.time.Duration;
import java.util.function.Supplier;
import jlocal.control.AppKey;
import jlocal.control.Claim;
import jlocal.control.PortReservations;
import jlocal.formation.Blueprint;
import jlocal.formation.Scale;
import jlocal.problem.Reading;

/**
 * What is needed to steer an app while it runs.
 *
 * @param claim the right to run it, and to be asked
 * @param scale how many of each type were asked for
 * @param reread reads the app's files again, with the options of its start
 * @param ports those the app has reserved
 * @param router decides where it listens if it is needed later
 * @param boot how long an order waits for a process to come up; zero for ever
 * @param keys whether keys pressed in the log mean something
 */
public record ControlPlan(
    Claim claim,
    AppKey app,
    Scale scale,
    Blueprint blueprint,
    Supplier<Reading<Blueprint>> reread,
    PortReservations ports,
    LateRouter router,
    Duration boot,
    boolean keys) {}
