/** The logs of an app's earlier runs, in files of the user's. The app knows nothing of it. */
@NullMarked
package jlocal.history;

import org.jspecify.annotations.NullMarked;
