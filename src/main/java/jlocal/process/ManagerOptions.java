package jlocal.process;

import java.time.Duration;

/**
 * How instances are kept.
 *
 * @param grace between TERM and KILL
 */
public record ManagerOptions(RestartPolicy restart, Duration grace) {}
