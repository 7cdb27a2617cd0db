/** Writes the log for people: prefix, colour, width; or as JSON. */
@NullMarked
package jlocal.terminal;

import org.jspecify.annotations.NullMarked;
