package jlocal.cli;

import java.nio.file.Path;
import jlocal.problem.Origin;

/**
 * The text an option has.
 *
 * @param base what a relative file name in it is relative to
 */
record Setting(String text, Origin origin, Path base) {}
