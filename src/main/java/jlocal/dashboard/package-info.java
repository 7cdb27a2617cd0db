/**
 * The dashboard of a running app in a browser: its processes, log, requests and config vars. It is
 * created when first opened; the app does not depend on it.
 */
@NullMarked
package jlocal.dashboard;

import org.jspecify.annotations.NullMarked;
