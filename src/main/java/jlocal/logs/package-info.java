/** Carries the output of child processes to the log sinks, complete and in order. */
@NullMarked
package jlocal.logs;

import org.jspecify.annotations.NullMarked;
