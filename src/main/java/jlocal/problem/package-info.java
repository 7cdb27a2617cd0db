/** Errors and warnings for the user: a place, what was found there, and what to do about it. */
@NullMarked
package jlocal.problem;

import org.jspecify.annotations.NullMarked;
