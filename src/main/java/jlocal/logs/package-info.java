/** Carries what children write, whole and in order, from their pipes to the sinks. */
@NullMarked
package jlocal.logs;

import org.jspecify.annotations.NullMarked;
