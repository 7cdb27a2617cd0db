/** What we tell a person: a place, what was found there, and what to do about it. */
@NullMarked
package jlocal.problem;

import org.jspecify.annotations.NullMarked;
