/**
 * Detects what an app without a Procfile would run, as buildpacks do, and the files to write for
 * it; also the port flags of servers that ignore PORT. The knowledge of frameworks and servers is
 * in {@code detectors.txt} and {@code port-flags.txt}. Only {@code cli} uses this package.
 */
@NullMarked
package jlocal.detect;

import org.jspecify.annotations.NullMarked;
