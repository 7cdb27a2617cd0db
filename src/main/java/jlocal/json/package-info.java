/** JSON text to values and back (RFC 8259). */
@NullMarked
package jlocal.json;

import org.jspecify.annotations.NullMarked;
