/** The command line: one class for each command. Of all packages only this one exits or prints. */
@NullMarked
package jlocal.cli;

import org.jspecify.annotations.NullMarked;
