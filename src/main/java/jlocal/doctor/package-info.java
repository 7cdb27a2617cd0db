/** Checks a machine, a shell and an app's files for common problems, and says what to do. */
@NullMarked
package jlocal.doctor;

import org.jspecify.annotations.NullMarked;
