/** Records each change of an app's env files and Procfile, and which command made it. */
@NullMarked
package jlocal.releases;

import org.jspecify.annotations.NullMarked;
