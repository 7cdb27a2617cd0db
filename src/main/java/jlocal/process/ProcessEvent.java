package jlocal.process;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.os.LiveProcess;
import org.jspecify.annotations.Nullable;

/** What happened to an instance, told in the order it happened. */
public sealed interface ProcessEvent {
  /** Is told of events, one after the other. */
  @FunctionalInterface
  interface Listener {
    void onEvent(ProcessEvent event);
  }

  InstanceName name();

  /** It moved from one state to another. */
  record Changed(InstanceName name, int port, ProcessState before, ProcessState now)
      implements ProcessEvent {}

  record Started(InstanceName name, long pid, int port) implements ProcessEvent {}

  /**
   * It is ready.
   *
   * @param after its start
   * @param evidence what is known of it: {@code ready on port 5432}, {@code running}
   * @param port where it is known to listen; 0 for nowhere
   */
  record BecameUp(InstanceName name, Duration after, String evidence, int port)
      implements ProcessEvent {}

  /**
   * It will be started when these are ready.
   *
   * @param begins whether it waits since now; else it has waited for others before
   */
  record Waiting(InstanceName name, List<InstanceName> on, boolean begins) implements ProcessEvent {
    public Waiting {
      on = List.copyOf(on);
    }
  }

  /**
   * It is not ready after a long time, or will not be.
   *
   * @param why what is missing
   * @param started those that waited for it and are started without it
   */
  record NotReady(InstanceName name, String why, List<InstanceName> started)
      implements ProcessEvent {
    public NotReady {
      started = List.copyOf(started);
    }
  }

  /** It says of itself how it is, by STATUS=, STOPPING=1 or RELOADING=1; sd_notify(3). */
  record Notified(InstanceName name, String status) implements ProcessEvent {}

  /** It has not said WATCHDOG=1 for so long and gets SIGABRT; sd_watchdog_enabled(3). */
  record WatchdogTimeout(InstanceName name, Duration limit) implements ProcessEvent {}

  /**
   * It ended: its group is empty and its output has been read.
   *
   * @param pid the pid it had; another process may get it soon
   * @param ran from its start to the exit of its leader
   * @param asked whether jlocal told it to end
   */
  record Exited(InstanceName name, long pid, ExitStatus status, Duration ran, boolean asked)
      implements ProcessEvent {}

  /** It ended because the shell did not find its program; {@code why} as a sentence. */
  record CommandMissing(InstanceName name, String why) implements ProcessEvent {}

  /** Its leader exited with 0, but processes it started in the background run on. */
  record BackgroundProcesses(InstanceName name, ExitStatus status) implements ProcessEvent {}

  /** It will be started again after the delay; {@code crashes} in a row. */
  record Restarting(InstanceName name, Duration delay, int crashes) implements ProcessEvent {}

  /**
   * It ended by itself and will not be started again; {@code neverUp} is how often it ended without
   * having been up.
   */
  record GaveUp(InstanceName name, ExitStatus status, int neverUp) implements ProcessEvent {}

  /**
   * There is no process for it.
   *
   * @param retryAfter when the start is tried again; null when it is not
   */
  record NotStarted(InstanceName name, String why, @Nullable Duration retryAfter)
      implements ProcessEvent {}

  /**
   * It was told to end and has not within a second.
   *
   * @param process one of its processes that still runs
   * @param left until it is killed
   * @param stopped whether {@code jlocal stop} named it
   */
  record SlowToStop(InstanceName name, LiveProcess process, Duration left, boolean stopped)
      implements ProcessEvent {}

  /** It was asked to end and got SIGKILL: its grace period is over, or a person asked again. */
  record Killed(InstanceName name, LiveProcess process) implements ProcessEvent {}

  /** It still runs two seconds after SIGKILL. */
  record Unkillable(InstanceName name, List<LiveProcess> processes) implements ProcessEvent {
    public Unkillable {
      processes = List.copyOf(processes);
    }
  }

  /**
   * web is reached on another port than before.
   *
   * @param port its PORT
   * @param opened the port: at first another than its PORT, later that, should it open it after all
   */
  record PortFound(InstanceName name, int port, int opened) implements ProcessEvent {}

  /**
   * web has not opened its port for 20 s.
   *
   * @param opened the ports it did open, where the system tells
   */
  record NotListening(InstanceName name, int port, SortedSet<Integer> opened)
      implements ProcessEvent {}
}
