package jlocal.app;

import java.util.function.Consumer;
import java.util.function.Supplier;
import jlocal.control.RequestHandler;
import jlocal.process.InstanceSnapshots;
import jlocal.router.Traffic;

/**
 * A running app, as what runs beside it sees it. Any thread.
 *
 * @param orders carries out commands as another terminal gives them
 * @param say writes a line of jlocal's own into the log
 * @param instances what its instances do
 * @param traffic what has gone through its router
 */
public record RunningApp(
    RequestHandler orders,
    Consumer<String> say,
    InstanceSnapshots instances,
    Supplier<Traffic> traffic) {}
