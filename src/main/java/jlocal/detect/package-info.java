/**
 * Apps that have no Procfile: what would run, as buildpacks detect it, and the files that say so.
 * Also the port flags of servers that ignore PORT. What is known of frameworks and servers is in
 * {@code detectors.txt} and {@code port-flags.txt}. Only {@code cli} uses it.
 */
@NullMarked
package jlocal.detect;

import org.jspecify.annotations.NullMarked;
