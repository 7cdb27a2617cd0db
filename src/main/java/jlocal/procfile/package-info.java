/** Parses Procfiles into process types and their commands, in file order. */
@NullMarked
package jlocal.procfile;

import org.jspecify.annotations.NullMarked;
