package jlocal.process;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import jlocal.os.ExitStatus;
import jlocal.process.Lifecycle.Observation;

/**
 * Observes the end of processes. An instance is gone once its leader has exited, its group is empty
 * and its output has been read; output that a process outside the group keeps open is awaited only
 * briefly. On the manager's thread.
 */
record ExitMonitor(EventLoop loop, LaunchContext context, ProcessManager manager) {
  /** The exit status of a shell for a missing command. */
  private static final int NOT_FOUND = 127;

  /** How long the output is read after the group is empty. */
  private static final Duration OUTPUT_TIMEOUT = Duration.ofMillis(500);

  /** How often the group is checked; less often the longer it runs. */
  private static final Duration MIN_INTERVAL = Duration.ofMillis(20);

  private static final Duration MAX_INTERVAL = Duration.ofSeconds(1);

  /** A group that outlives a clean exit by this long was left in the background. */
  private static final Duration BACKGROUND_AFTER = Duration.ofSeconds(1);

  /**
   * Observes a process that was started.
   *
   * @param outputRead completes when its output has been read to its end
   */
  void watch(ManagedInstance instance, ManagedProcess process, CompletionStage<Void> outputRead) {
    outputRead.whenComplete((_, _) -> loop.post(() -> outputRead(instance, process)));
    process.child().exit().thenAccept(it -> loop.post(() -> exited(instance, process, it)));
  }

  private void outputRead(ManagedInstance instance, ManagedProcess process) {
    process.outputRead();
    if (process.status() != null) checkGone(instance, process);
  }

  private void exited(ManagedInstance instance, ManagedProcess process, ExitStatus status) {
    process.exited(status, loop.nanoTime());
    manager.observed(instance, new Observation.Exited(process.generation(), status));
    if (status.isClean()) {
      loop.schedule(BACKGROUND_AFTER, () -> reportBackground(instance, process, status));
    }
    checkUntilGone(instance, process);
  }

  private void reportBackground(
      ManagedInstance instance, ManagedProcess process, ExitStatus status) {
    boolean groupRuns = instance.state() instanceof ProcessState.LeaderExited;
    if (instance.process(process.generation()) == process && groupRuns) {
      manager.tell(instance, new ProcessEvent.BackgroundProcesses(instance.name(), status));
    }
  }

  private void checkUntilGone(ManagedInstance instance, ManagedProcess process) {
    if (checkGone(instance, process)) return;
    var interval = Duration.ofNanos(process.sinceExit(loop.nanoTime()).toNanos() / 10);
    if (interval.compareTo(MIN_INTERVAL) < 0) interval = MIN_INTERVAL;
    if (interval.compareTo(MAX_INTERVAL) > 0) interval = MAX_INTERVAL;
    loop.schedule(interval, () -> checkUntilGone(instance, process));
  }

  /** Whether there is nothing left to wait for. */
  private boolean checkGone(ManagedInstance instance, ManagedProcess process) {
    ExitStatus status = process.status();
    if (status == null || !instance.isPresent(process)) return true;
    if (process.child().groupAlive()) return false;
    long now = loop.nanoTime();
    process.groupEmpty(now);
    boolean timeout = process.sinceGroupEmpty(now).compareTo(OUTPUT_TIMEOUT) >= 0;
    if (!process.isOutputRead() && !timeout) return false;
    boolean asked = instance.state() instanceof ProcessState.Stopping;
    long pid = process.child().pid();
    manager.tell(
        instance, new ProcessEvent.Exited(instance.name(), pid, status, process.ran(), asked));
    if (status.shellStatus() == NOT_FOUND && !asked) reportMissing(instance);
    manager.observed(instance, new Observation.Gone(process.generation(), process.wasUp()));
    return true;
  }

  private void reportMissing(ManagedInstance instance) {
    String why = context.missing(instance.spec());
    if (why != null) manager.tell(instance, new ProcessEvent.CommandMissing(instance.name(), why));
  }
}
