package jlocal.cli;

import jlocal.control.Request;
import jlocal.terminal.ColorMode;

/**
 * All that can be said about {@code jlocal logs}.
 *
 * @param color whether its lines are coloured; where that hangs on the terminal, the body decides
 */
record LogsOptions(AppOptions app, ColorMode color, Request.Logs request) {}
