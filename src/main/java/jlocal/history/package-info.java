/** Keeps the logs of an app's earlier runs in files. The app does not know about it. */
@NullMarked
package jlocal.history;

import org.jspecify.annotations.NullMarked;
