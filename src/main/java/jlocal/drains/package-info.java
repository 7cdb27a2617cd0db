/** Sends the log of a running app to drains, as Heroku's Logplex does. */
@NullMarked
package jlocal.drains;

import org.jspecify.annotations.NullMarked;
