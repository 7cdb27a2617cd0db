package jlocal.process;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.os.LiveProcess;
import org.jspecify.annotations.Nullable;

/** An event of an instance; events are reported in order. */
public sealed interface ProcessEvent {
  /** Receives events, one after the other. */
  @FunctionalInterface
  interface Listener {
    void onEvent(ProcessEvent event);
  }

  InstanceName name();

  /** Its state has changed. */
  record Changed(InstanceName name, int port, ProcessState before, ProcessState now)
      implements ProcessEvent {}

  record Started(InstanceName name, long pid, int port) implements ProcessEvent {}

  /**
   * It is ready.
   *
   * @param after the time since its start
   * @param evidence why: {@code ready on port 5432}, {@code running}
   * @param port where it is known to listen; 0 for nowhere
   */
  record BecameUp(InstanceName name, Duration after, String evidence, int port)
      implements ProcessEvent {}

  /**
   * It will be started when these are ready.
   *
   * @param begins whether it has just begun to wait; else it waited for others before
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

  /** It has sent its status by STATUS=, STOPPING=1 or RELOADING=1; sd_notify(3). */
  record Notified(InstanceName name, String status) implements ProcessEvent {}

  /** It has not sent WATCHDOG=1 in time and gets SIGABRT; sd_watchdog_enabled(3). */
  record WatchdogTimeout(InstanceName name, Duration limit) implements ProcessEvent {}

  /**
   * It ended: its group is empty and its output has been read.
   *
   * @param pid its former pid, which may be reused soon
   * @param ran the time from its start to the exit of its leader
   * @param asked whether jlocal told it to end
   */
  record Exited(InstanceName name, long pid, ExitStatus status, Duration ran, boolean asked)
      implements ProcessEvent {}

  /** It ended because the shell did not find its program; {@code why} is a sentence. */
  record CommandMissing(InstanceName name, String why) implements ProcessEvent {}

  /** Its leader exited with 0, but background processes of its group still run. */
  record BackgroundProcesses(InstanceName name, ExitStatus status) implements ProcessEvent {}

  /** It will be restarted after the delay; {@code crashes} counts consecutive ones. */
  record Restarting(InstanceName name, Duration delay, int crashes) implements ProcessEvent {}

  /**
   * It ended by itself and will not be restarted.
   *
   * @param neverUp how often it ended without having been up
   */
  record GaveUp(InstanceName name, ExitStatus status, int neverUp) implements ProcessEvent {}

  /**
   * It could not be started.
   *
   * @param retryAfter the time until the next try; null if there is none
   */
  record NotStarted(InstanceName name, String why, @Nullable Duration retryAfter)
      implements ProcessEvent {}

  /**
   * It was told to end but has not within a second.
   *
   * @param process one of its running processes
   * @param left the time until it is killed
   * @param stopped whether {@code jlocal stop} named it
   */
  record SlowToStop(InstanceName name, LiveProcess process, Duration left, boolean stopped)
      implements ProcessEvent {}

  /** It got SIGKILL after its grace period, or because the user asked again. */
  record Killed(InstanceName name, LiveProcess process) implements ProcessEvent {}

  /** It still runs two seconds after SIGKILL. */
  record Unkillable(InstanceName name, List<LiveProcess> processes) implements ProcessEvent {
    public Unkillable {
      processes = List.copyOf(processes);
    }
  }

  /**
   * web listens on another port than before.
   *
   * @param opened the port: first one other than its PORT, later perhaps its PORT after all
   */
  record PortFound(InstanceName name, int port, int opened) implements ProcessEvent {}

  /**
   * web has not opened its port for 20 s.
   *
   * @param opened the ports it did open, as far as known
   */
  record NotListening(InstanceName name, int port, SortedSet<Integer> opened)
      implements ProcessEvent {}
}
