/** Text with control sequences: decoding it, and rendering it as text, colours or HTML. */
@NullMarked
package jlocal.ansi;

import org.jspecify.annotations.NullMarked;
