/** A running app: instances, log and router wired together, from its start to its end. */
@NullMarked
package jlocal.app;

import org.jspecify.annotations.NullMarked;
