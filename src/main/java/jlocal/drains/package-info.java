/**
 * Sends the log of a running app to drains, as Heroku's Logplex does. The app does not know about
 * it.
 */
@NullMarked
package jlocal.drains;

import org.jspecify.annotations.NullMarked;
