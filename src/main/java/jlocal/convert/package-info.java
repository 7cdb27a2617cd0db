/** Converts the files of process-compose, mprocs and pitchfork to Procfiles. */
@NullMarked
package jlocal.convert;

import org.jspecify.annotations.NullMarked;
