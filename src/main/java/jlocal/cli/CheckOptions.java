package jlocal.cli;

import jlocal.formation.Scale;

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
    RouterOptions router,
    boolean json,
    boolean debug) {}
