/** A file as a person wrote it: bytes to text, strictly, and what counts as a blank or a line. */
@NullMarked
package jlocal.text;

import org.jspecify.annotations.NullMarked;
