/** The files of process-compose, mprocs and pitchfork as the Procfile they would be. */
@NullMarked
package jlocal.convert;

import org.jspecify.annotations.NullMarked;
