/**
 * The page of a running app in a browser: its processes, log, requests and config vars. Made when
 * it is first opened; the app knows nothing of it.
 */
@NullMarked
package jlocal.dashboard;

import org.jspecify.annotations.NullMarked;
