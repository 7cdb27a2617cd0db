/** Env files to config vars, each with the file and line it came from. */
@NullMarked
package jlocal.config;

import org.jspecify.annotations.NullMarked;
