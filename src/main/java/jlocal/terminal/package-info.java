/** The log as a person sees it: prefix, colour, width. */
@NullMarked
package jlocal.terminal;

import org.jspecify.annotations.NullMarked;
