/** Keeps a formation running: the life of each instance and the one thread that owns them. */
@NullMarked
package jlocal.process;

import org.jspecify.annotations.NullMarked;
