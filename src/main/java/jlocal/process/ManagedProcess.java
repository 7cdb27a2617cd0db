package jlocal.process;

import java.time.Duration;
import jlocal.formation.Readiness;
import jlocal.os.Child;
import jlocal.os.ExitStatus;
import jlocal.os.ListeningProcesses;
import org.jspecify.annotations.Nullable;

/**
 * One process of an instance, from its start until its group is empty. Times are nanoseconds on a
 * monotonic clock. On the manager's thread.
 */
final class ManagedProcess {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  private final int generation;
  private final Child child;
  private final long startedAt;
  private @Nullable Long upAt;
  private @Nullable Long exitedAt;
  private @Nullable ExitStatus status;
  private @Nullable Long groupEmptyAt;
  private boolean outputRead;
  private int listensOn;
  private String missing = "";
  private long signsOfLife;

  private String socketsSeen = "";
  private long lookedAt;

  ManagedProcess(int generation, Child child, long now) {
    this.generation = generation;
    this.child = child;
    this.startedAt = now;
  }

  /** Its number among the instance's processes, from 1. */
  int generation() {
    return generation;
  }

  Child child() {
    return child;
  }

  void up(long now) {
    upAt = now;
  }

  void exited(ExitStatus how, long now) {
    status = how;
    exitedAt = now;
  }

  /** The exit status of its leader; null while that runs. */
  @Nullable ExitStatus status() {
    return status;
  }

  /** Records that its group is empty. */
  void groupEmpty(long now) {
    if (groupEmptyAt == null) groupEmptyAt = now;
  }

  Duration sinceGroupEmpty(long now) {
    return groupEmptyAt == null ? Duration.ZERO : Duration.ofNanos(now - groupEmptyAt);
  }

  void outputRead() {
    outputRead = true;
  }

  /** Whether all its output has been read. */
  boolean isOutputRead() {
    return outputRead;
  }

  /** The port where it is known to listen: its PORT or, for web, another; 0 if unknown. */
  int listensOn() {
    return listensOn;
  }

  void listensOn(int port) {
    listensOn = port;
  }

  /** The port for requests: its PORT unless it is known to listen elsewhere. */
  int servedPort(int port) {
    return listensOn == 0 ? port : listensOn;
  }

  /** Why its last probe failed; empty if unknown. */
  String missing() {
    return missing;
  }

  void missing(String why) {
    missing = why;
  }

  /** Counts a WATCHDOG=1; returns the number so far. */
  long signOfLife() {
    return ++signsOfLife;
  }

  long signsOfLife() {
    return signsOfLife;
  }

  /**
   * Whether a probe may have a new result. Reading all of /proc is worth it only now and then, or
   * when there is a new socket. On the thread of the probe.
   */
  boolean hasNews(Readiness readiness, long now) {
    if (!(readiness instanceof Readiness.Listening) || !missing.isEmpty()) return true;
    String sockets = ListeningProcesses.all();
    if (sockets.equals(socketsSeen) && now - lookedAt < LOOK_INTERVAL.toNanos()) return false;
    socketsSeen = sockets;
    lookedAt = now;
    return true;
  }

  Duration sinceStart(long now) {
    return Duration.ofNanos(now - startedAt);
  }

  Duration sinceExit(long now) {
    return exitedAt == null ? Duration.ZERO : Duration.ofNanos(now - exitedAt);
  }

  /** The time from its start to the exit of its leader. */
  Duration ran() {
    return exitedAt == null ? Duration.ZERO : Duration.ofNanos(exitedAt - startedAt);
  }

  /** The time from readiness to the exit of its leader; zero if it was never ready. */
  Duration wasUp() {
    return upAt == null || exitedAt == null ? Duration.ZERO : Duration.ofNanos(exitedAt - upAt);
  }
}
