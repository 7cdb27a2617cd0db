/** Looks at what of a machine, a shell and an app's files makes trouble, and says what to do. */
@NullMarked
package jlocal.doctor;

import org.jspecify.annotations.NullMarked;
