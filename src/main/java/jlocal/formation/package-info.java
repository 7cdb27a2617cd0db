/** The plan: Procfile, config vars and scale to the instances that should run. Pure. */
@NullMarked
package jlocal.formation;

import org.jspecify.annotations.NullMarked;
