/** Reads and writes JSON (RFC 8259). */
@NullMarked
package jlocal.json;

import org.jspecify.annotations.NullMarked;
