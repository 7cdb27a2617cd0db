/** The round-robin proxy before web. */
@NullMarked
package jlocal.router;

import org.jspecify.annotations.NullMarked;
