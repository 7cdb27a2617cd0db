/** What a deploy to Heroku would take of an app, and what it would miss. */
@NullMarked
package jlocal.deploy;

import org.jspecify.annotations.NullMarked;
