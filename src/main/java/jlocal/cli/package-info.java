/** One class for each command, and the wiring. The only room that exits or prints. */
@NullMarked
package jlocal.cli;

import org.jspecify.annotations.NullMarked;
