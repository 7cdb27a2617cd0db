/**
 * What would run: which instances, on which ports, with which variables, and which router. Decided
 * from the requested settings, the app's files and the ports that are free; nothing is started.
 */
@NullMarked
package jlocal.plan;

import org.jspecify.annotations.NullMarked;
