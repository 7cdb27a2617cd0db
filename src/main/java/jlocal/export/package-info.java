/** Converts the plan of an app for systemd, Compose, Kubernetes, supervisord and launchd. */
@NullMarked
package jlocal.export;

import org.jspecify.annotations.NullMarked;
