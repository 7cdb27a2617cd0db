/**
 * {@code jlocal export}: an app as systemd, Compose, Kubernetes, supervisord and launchd run it.
 * Computed from what {@code start} would run; the core knows nothing of it.
 */
@NullMarked
package jlocal.export;

import org.jspecify.annotations.NullMarked;
