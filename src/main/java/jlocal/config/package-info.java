/** Reads env files into config vars, each with the file and line of its assignment. */
@NullMarked
package jlocal.config;

import org.jspecify.annotations.NullMarked;
