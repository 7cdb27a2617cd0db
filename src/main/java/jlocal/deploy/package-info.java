/** Checks what a deploy to Heroku would include, and what it would miss. */
@NullMarked
package jlocal.deploy;

import org.jspecify.annotations.NullMarked;
