/**
 * Plans a run: the instances, their ports and variables, and the router. The plan results from the
 * request, the app's files and the free ports; nothing is started.
 */
@NullMarked
package jlocal.plan;

import org.jspecify.annotations.NullMarked;
