/** Decodes text files strictly, and defines blanks and lines. */
@NullMarked
package jlocal.text;

import org.jspecify.annotations.NullMarked;
