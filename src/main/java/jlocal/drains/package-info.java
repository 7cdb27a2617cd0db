/**
 * Sends the log of a running app elsewhere, as Heroku's Logplex does. The app knows nothing of it.
 */
@NullMarked
package jlocal.drains;

import org.jspecify.annotations.NullMarked;
