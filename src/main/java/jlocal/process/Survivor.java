package jlocal.process;

import jlocal.formation.InstanceName;
import jlocal.os.LiveProcess;
import org.jspecify.annotations.Nullable;

/**
 * A process that could not be ended and runs on when the app has ended.
 *
 * @param instance whose it is; null for one that left its process group
 */
public record Survivor(@Nullable InstanceName instance, LiveProcess process) {}
