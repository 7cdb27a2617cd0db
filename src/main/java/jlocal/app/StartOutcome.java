package jlocal.app;

import java.time.Duration;
import jlocal.formation.InstanceName;
import jlocal.logs.EventMessages;
import jlocal.process.InstanceSnapshot;
import jlocal.process.InstanceSnapshots;
import jlocal.process.Order;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessState;
import org.jspecify.annotations.Nullable;

/** The outcome of starting an instance. */
sealed interface StartOutcome {
  StartOutcome PENDING = new Pending();
  StartOutcome UP = new Up();
  StartOutcome EXITED = new Exited();
  StartOutcome STOPPED = new Stopped();

  /** It is not known yet. */
  record Pending() implements StartOutcome {}

  record Up() implements StartOutcome {}

  /** It has ended with code 0. */
  record Exited() implements StartOutcome {}

  /** It was stopped in the meantime. */
  record Stopped() implements StartOutcome {}

  /** It runs, but is not up within the boot timeout; {@code why} is empty if unknown. */
  record Late(String why) implements StartOutcome {}

  /** It crashed, could not be started, or its predecessor cannot be ended. */
  record Failed(String how) implements StartOutcome {}

  /** Returns the outcome of the process with this number, or a later one. */
  static StartOutcome of(InstanceSnapshot now, int generation) {
    if (now.failedGeneration() >= generation) return new Failed(sentence(now.failure()));
    if (now.generation() < generation) {
      return now.isUnkillable() ? new Failed(sentence(now.remark())) : PENDING;
    }
    return switch (now.state()) {
      case ProcessState.Up _ -> UP;
      case ProcessState.LeaderExited(_, var status, _)
          when status.isClean() && now.remark() instanceof ProcessEvent.BackgroundProcesses ->
          EXITED;
      case ProcessState.Ended(var status) when status.isClean() -> EXITED;
      case ProcessState.Down _, ProcessState.Stopping _ -> STOPPED;
      case ProcessState.Waiting _,
          ProcessState.Spawning _,
          ProcessState.Starting _,
          ProcessState.LeaderExited _,
          ProcessState.Backoff _,
          ProcessState.Ended _ ->
          PENDING;
    };
  }

  /** Returns the number of the first process that START or RESTART can create. */
  static int generationAfter(Order order, InstanceSnapshot now) {
    boolean runs = now.state() instanceof ProcessState.Starting || isUp(now);
    boolean same = now.state() instanceof ProcessState.Spawning || (runs && order == Order.START);
    return same ? now.generation() : now.generation() + 1;
  }

  /** Whether it is up, or has run to a clean end. */
  static boolean isReady(InstanceSnapshot now) {
    return isUp(now) || (now.state() instanceof ProcessState.Ended(var status) && status.isClean());
  }

  static boolean isUp(InstanceSnapshot now) {
    return now.state() instanceof ProcessState.Up;
  }

  /**
   * Waits for the outcome of the process with this number, or a later one.
   *
   * @param bootTimeout how long a process may take to come up; zero for no limit
   * @return {@link #PENDING} if the app ends first
   */
  static StartOutcome await(
      InstanceSnapshots snapshots, InstanceName name, int generation, Duration bootTimeout) {
    try {
      InstanceSnapshot now = snapshots.of(name);
      while (true) {
        StartOutcome outcome = of(now, generation);
        if (!outcome.equals(PENDING) || snapshots.isClosed()) return outcome;
        Duration left = timeLeft(now, generation, bootTimeout);
        if (left != null && !left.isPositive()) return new Late(sentence(now.remark()));
        now = snapshots.awaitChange(now, left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return PENDING;
    }
  }

  /** Returns how long it may still take to come up; null for no limit. */
  private static @Nullable Duration timeLeft(
      InstanceSnapshot now, int generation, Duration bootTimeout) {
    boolean isStarting = now.state() instanceof ProcessState.Starting;
    if (bootTimeout.isZero() || !isStarting || now.generation() < generation) return null;
    return bootTimeout.minusNanos(System.nanoTime() - now.startedAt());
  }

  /** Describes an event; empty for none. */
  static String sentence(@Nullable ProcessEvent event) {
    return event == null ? "" : String.join("; ", EventMessages.sentences(event));
  }
}
