/**
 * {@code jlocal export}: converts an app for systemd, Compose, Kubernetes, supervisord and launchd.
 * It exports the plan of {@code start}; the core does not depend on it.
 */
@NullMarked
package jlocal.export;

import org.jspecify.annotations.NullMarked;
