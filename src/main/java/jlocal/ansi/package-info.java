/** Decodes text with control sequences, and renders it as plain text, coloured text or HTML. */
@NullMarked
package jlocal.ansi;

import org.jspecify.annotations.NullMarked;
