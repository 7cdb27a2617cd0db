/** The dashboard of a running app: processes, log, requests and config vars in a browser. */
@NullMarked
package jlocal.dashboard;

import org.jspecify.annotations.NullMarked;
