/** Keeps a formation running: the lifecycle of each instance, and the thread that owns them. */
@NullMarked
package jlocal.process;

import org.jspecify.annotations.NullMarked;
