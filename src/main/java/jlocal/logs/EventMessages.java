package jlocal.logs;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.os.LiveProcess;
import jlocal.os.Signal;
import jlocal.process.ExitPolicy;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessManager;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/** The log messages for events of instances, in Foreman's words where Foreman has any. Pure. */
public final class EventMessages {
  private EventMessages() {}

  /** Returns the messages for an event, in order; empty for events that are not logged. */
  public static List<String> sentences(ProcessEvent event) {
    return switch (event) {
      case ProcessEvent.Changed _ -> List.of();
      case ProcessEvent.Started(var name, var pid, var port) ->
          List.of(name + " started with pid " + pid + on(name, port));
      case ProcessEvent.BecameUp(var name, var after, var evidence, _) ->
          List.of("%s is up after %s: %s".formatted(name, span(after), evidence));
      case ProcessEvent.Waiting(var name, var on, var begins) ->
          begins ? List.of("%s waits for %s".formatted(name, names(on))) : List.of();
      case ProcessEvent.NotReady(var name, var why, var started) ->
          List.of(
              "%s is not ready: %s%s"
                  .formatted(
                      name,
                      why,
                      started.isEmpty() ? "" : "; starting " + names(started) + " without it"));
      case ProcessEvent.Notified _ -> List.of(); // Some send it every second; 'jlocal ps' shows it.
      case ProcessEvent.WatchdogTimeout(var name, var limit) ->
          List.of(name + " has not sent WATCHDOG=1 for " + span(limit) + ": ended");
      case ProcessEvent.Exited(var name, _, var status, var lived, var asked) ->
          List.of(name + " " + reason(status, asked) + " after " + span(lived));
      case ProcessEvent.CommandMissing(var name, var why) -> List.of(name + ": " + why);
      case ProcessEvent.BackgroundProcesses(var name, var status) ->
          List.of(name + " " + status.sentence() + ", but its background processes keep running");
      case ProcessEvent.Restarting(var name, var delay, var crashes) ->
          List.of("starting %s again %s (crash %d)".formatted(name, in(delay), crashes));
      case ProcessEvent.GaveUp(var name, var status, var neverUp) -> gaveUp(name, status, neverUp);
      case ProcessEvent.NotStarted(var name, var why, var retryAfter) ->
          List.of(name + " could not be started: " + why + nextTry(retryAfter));
      case ProcessEvent.SlowToStop wait -> List.of(slowToStop(wait, ""));
      case ProcessEvent.Killed(var name, var process) ->
          List.of("%s did not end by itself: killed (%s)".formatted(name, process));
      case ProcessEvent.Unkillable(var name, var processes) ->
          processes.stream().map(process -> name + ": " + stillRuns(process)).toList();
      case ProcessEvent.PortFound _ -> List.of(); // The router reports it.
      case ProcessEvent.NotListening(var name, var port, var opened) ->
          List.of(notListening(name, port, opened));
    };
  }

  /** Returns why the app ends; empty if that has been logged already. */
  public static List<String> sentences(ExitPolicy.Decision verdict) {
    return switch (verdict) {
      case ExitPolicy.Decision.AllEnded _ -> List.of();
      case ExitPolicy.Decision.OneEnded(var name, _) ->
          List.of(name + " has ended; stopping the others (--on-exit stop)");
      case ExitPolicy.Decision.CrashLoop(var name, _) ->
          List.of(
              "stopping: %s crashed %d times within %s, and there is no terminal to fix it from"
                  .formatted(
                      name,
                      ExitPolicy.Rules.CRASH_LIMIT,
                      ExitPolicy.Rules.CRASH_WINDOW.toSeconds() + " s"));
    };
  }

  private static String names(List<InstanceName> names) {
    return names.stream().map(InstanceName::toString).collect(Collectors.joining(", "));
  }

  /** Only {@code web} is expected to listen on its PORT. */
  private static String on(InstanceName name, int port) {
    return name.type().equals(ProcessType.WEB) ? " on port " + port : "";
  }

  private static String reason(ExitStatus status, boolean asked) {
    boolean killed =
        status instanceof ExitStatus.Signaled(Signal signal) && signal == Signal.KILL && !asked;
    return killed ? "killed by SIGKILL (out of memory? see dmesg)" : status.sentence();
  }

  private static List<String> gaveUp(InstanceName name, ExitStatus status, int neverUp) {
    if (status.isClean() || neverUp <= 1) return List.of();
    return List.of(
        "%s exited %d times without ever being up and is not restarted".formatted(name, neverUp),
        "fix it, then 'jlocal start %s' starts it again".formatted(name.type()));
  }

  /**
   * Returns which process delays the end of an instance or of the app.
   *
   * @param toKill how to end the grace period, for the user; may be empty
   */
  public static String slowToStop(ProcessEvent.SlowToStop wait, String toKill) {
    LiveProcess process = wait.process();
    long seconds = Math.max(1, Math.round(wait.left().toMillis() / 1000.0));
    String how = toKill;
    if (how.isEmpty() && wait.stopped()) how = "'jlocal stop " + wait.name() + "' again to kill";
    if (!process.signalAllowed()) how = "";
    return "waiting for %s (%s, %s, %d s left%s)"
        .formatted(wait.name(), process, why(process), seconds, how.isEmpty() ? "" : "; " + how);
  }

  private static String why(LiveProcess process) {
    if (!process.signalAllowed()) return denied(process);
    return process.ignoresTerm() ? "ignoring TERM" : "still busy after TERM";
  }

  private static String denied(LiveProcess process) {
    String as = process.owner().isEmpty() ? "another user" : process.owner();
    return "it runs as %s, so jlocal may not signal it (EPERM); 'sudo kill %d' ends it"
        .formatted(as, process.pid());
  }

  /** Returns that a process survived SIGKILL, and why. */
  public static String stillRuns(LiveProcess process) {
    String why =
        process.signalAllowed()
            ? "the kernel has not ended it 2 s after SIGKILL; it may be waiting for a disk or a"
                + " network"
            : denied(process);
    String command = process.command().isEmpty() ? "" : " (" + process.command() + ")";
    return "pid %d%s is still running: %s".formatted(process.pid(), command, why);
  }

  /** Returns that a process still runs after the end of the app. */
  public static String sentence(ProcessManager.Survivor survivor) {
    String whose = survivor.instance() == null ? "" : survivor.instance() + ": ";
    return whose + stillRuns(survivor.process());
  }

  private static String notListening(InstanceName name, int port, SortedSet<Integer> opened) {
    String missing = "%s has not opened its port %d".formatted(name, port);
    if (opened.isEmpty()) return missing + "; does its command use $PORT?";
    String others = opened.stream().map(Object::toString).collect(Collectors.joining(", "));
    return missing + ", but port " + others + "; let its command use $PORT";
  }

  private static String nextTry(@Nullable Duration delay) {
    return delay == null ? "" : "; next try " + in(delay);
  }

  private static String in(Duration delay) {
    return delay.isZero() ? "at once" : "in " + span(delay);
  }

  /** Formats a duration: {@code 80 ms}, {@code 3 s}, {@code 2 min 5 s}, {@code 3 h 12 min}. */
  public static String span(Duration time) {
    if (time.toMillis() < 1000) return time.toMillis() + " ms";
    if (time.toSeconds() < 10) return tenths(time) + " s";
    if (time.toMinutes() < 1) return time.toSeconds() + " s";
    if (time.toHours() < 1) return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    return time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  private static String tenths(Duration time) {
    long tenths = time.toMillis() / 100;
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }
}
