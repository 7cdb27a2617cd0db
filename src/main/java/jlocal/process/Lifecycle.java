package jlocal.process;

import java.time.Duration;
import java.util.List;
import jlocal.os.ExitStatus;
import jlocal.process.ProcessState.Backoff;
import jlocal.process.ProcessState.Down;
import jlocal.process.ProcessState.Ended;
import jlocal.process.ProcessState.LeaderExited;
import jlocal.process.ProcessState.Spawning;
import jlocal.process.ProcessState.Starting;
import jlocal.process.ProcessState.StopSignal;
import jlocal.process.ProcessState.Stopping;
import jlocal.process.ProcessState.Up;
import jlocal.process.ProcessState.Waiting;

/**
 * The state transitions of an instance, as a pure function. Has no thread, clock or process; its
 * switches have no default, so the compiler checks that every case is decided.
 */
record Lifecycle(RestartPolicy policy) {
  /** The exit status of a shell for a command that could not be started. */
  private static final ExitStatus NOT_STARTED = new ExitStatus.Code(126);

  /** The instance after an order or an observation, and the effects to perform. */
  record Step(Instance next, List<Effect> effects) {
    /** Returns this step without spawning: the types it waits for are not ready. */
    Step held() {
      return to(next.waiting());
    }

    /** Whether a process is to be started. */
    boolean spawns() {
      return !effects.isEmpty() && effects.getFirst() instanceof Effect.Spawn;
    }

    static Step to(Instance next, Effect... effects) {
      return new Step(next, List.of(effects));
    }
  }

  /** An observation of one process of an instance. */
  sealed interface Observation {
    /** The number of the process. */
    int generation();

    /** The types it waited for are ready. */
    record Released(int generation) implements Observation {}

    record Spawned(int generation, long pid) implements Observation {}

    /**
     * There is no process.
     *
     * @param temporary whether a later try may succeed
     */
    record NotSpawned(int generation, String why, boolean temporary) implements Observation {}

    record Ready(int generation) implements Observation {}

    /** The leader has exited. */
    record Exited(int generation, ExitStatus status) implements Observation {}

    /**
     * Its group is empty, and all its output has been read.
     *
     * @param up how long it had been ready when the leader exited; zero if it never was
     */
    record Gone(int generation, Duration up) implements Observation {}

    /** The time for the rest of a crashed leader's group is over. */
    record GroupTimeout(int generation) implements Observation {}

    /** The grace period after SIGTERM is over. */
    record GraceTimeout(int generation) implements Observation {}

    /** It survives SIGKILL, and the app ends without it. */
    record Abandoned(int generation) implements Observation {}

    record BackoffOver(int generation) implements Observation {}
  }

  /** An effect to perform. {@code generation} is the number of the process. */
  sealed interface Effect {
    record Spawn(int generation) implements Effect {}

    /**
     * Send the stop signal to the group, and observe a {@link Observation.GraceTimeout} after the
     * grace period.
     */
    record Terminate(int generation, long pid) implements Effect {}

    /**
     * Kill the group.
     *
     * @param isAsked whether it was asked to end before
     */
    record Kill(int generation, long pid, boolean isAsked) implements Effect {}

    /** Observe a {@link Observation.GroupTimeout} after the group's time to end. */
    record AwaitGroup(int generation) implements Effect {}

    /** Observe {@link Observation.BackoffOver} after the delay. */
    record Backoff(int generation, Duration delay) implements Effect {}

    /** The process could not be started; retry after the delay. */
    record Retry(int generation, String why, Duration delay) implements Effect {}

    /** It ended by itself and will not be restarted. */
    record GiveUp(int generation, ExitStatus status, int neverUp) implements Effect {}

    record ReportNotStarted(String why) implements Effect {}
  }

  Step on(Instance before, Order order) {
    var it = before.wanted(order == Order.START || order == Order.RESTART);
    return switch (order) {
      case START ->
          switch (it.state()) {
            case Down _, Backoff _, Ended _ -> spawn(it.crashes(0, 0));
            case LeaderExited(var pid, _, var sent) -> stopGroup(it, pid, sent);
            case Waiting _, Spawning _, Starting _, Up _, Stopping _ -> Step.to(it);
          };
      case RESTART ->
          switch (it.state()) {
            case Down _, Backoff _, Ended _ -> spawn(it.crashes(0, 0));
            case Starting(var pid) -> terminate(it, pid);
            case Up(var pid) -> terminate(it, pid);
            case LeaderExited(var pid, _, var sent) -> stopGroup(it, pid, sent);
            case Waiting _, Spawning _, Stopping _ -> Step.to(it);
          };
      case STOP -> stop(it);
      case KILL -> killNow(it);
    };
  }

  private static Step stop(Instance it) {
    return switch (it.state()) {
      case Starting(var pid) -> terminate(it, pid);
      case Up(var pid) -> terminate(it, pid);
      case LeaderExited(var pid, _, var sent) -> stopGroup(it, pid, sent);
      case Waiting _, Backoff _ -> Step.to(it.in(new Down()));
      case Down _, Spawning _, Stopping _, Ended _ -> Step.to(it);
    };
  }

  private static Step killNow(Instance it) {
    return switch (it.state()) {
      case Starting(var pid) -> kill(it, pid, false);
      case Up(var pid) -> kill(it, pid, false);
      case LeaderExited(var pid, _, var sent) when sent != StopSignal.KILL ->
          kill(it, pid, sent == StopSignal.TERM);
      case Stopping(var pid, var sent) when sent != StopSignal.KILL -> kill(it, pid, true);
      case Down _, Waiting _, Spawning _, LeaderExited _, Stopping _, Backoff _, Ended _ ->
          stop(it);
    };
  }

  Step on(Instance it, Observation observation) {
    if (observation.generation() != it.generation()) return Step.to(it);
    return switch (observation) {
      case Observation.Released _ -> it.state() instanceof Waiting ? spawn(it) : Step.to(it);
      case Observation.Spawned(_, var pid) ->
          it.wanted() ? Step.to(it.in(new Starting(pid))) : terminate(it, pid);
      case Observation.NotSpawned(_, var why, var temporary) -> notSpawned(it, why, temporary);
      case Observation.Ready _ ->
          it.state() instanceof Starting(var pid)
              ? Step.to(it.crashes(it.crashes(), 0).in(new Up(pid)))
              : Step.to(it);
      case Observation.Exited(_, var status) -> exited(it, status);
      case Observation.Gone(_, var up) -> gone(it, up);
      case Observation.GroupTimeout _ -> groupTimeout(it);
      case Observation.GraceTimeout _ -> graceTimeout(it);
      case Observation.Abandoned _ ->
          switch (it.state()) {
            case Stopping _, LeaderExited _ -> Step.to(it.wanted(false).in(new Down()));
            case Down _, Waiting _, Spawning _, Starting _, Up _, Backoff _, Ended _ -> Step.to(it);
          };
      case Observation.BackoffOver _ -> it.state() instanceof Backoff ? spawn(it) : Step.to(it);
    };
  }

  /** A temporary lack of resources is retried, like a crash. */
  private Step notSpawned(Instance it, String why, boolean temporary) {
    if (!temporary || !it.wanted() || policy == RestartPolicy.NEVER) {
      return Step.to(it.wanted(false).in(new Down()), new Effect.ReportNotStarted(why));
    }
    int failures = it.crashes() + 1;
    return Step.to(
        it.crashes(failures, it.neverUp()).in(new Backoff(NOT_STARTED)),
        new Effect.Retry(it.generation(), why, RestartPolicy.delay(failures + 1)));
  }

  /**
   * After a crash the rest of the group has limited time; after a clean exit it may keep running.
   */
  private Step exited(Instance it, ExitStatus status) {
    return switch (it.state()) {
      case Starting(var pid) -> leaderExited(it, pid, status);
      case Up(var pid) -> leaderExited(it, pid, status);
      case Stopping _, Down _, Waiting _, Spawning _, LeaderExited _, Backoff _, Ended _ ->
          Step.to(it);
    };
  }

  private Step leaderExited(Instance it, long pid, ExitStatus status) {
    var next = it.in(new LeaderExited(pid, status, StopSignal.NONE));
    return status.isClean() && policy != RestartPolicy.ALWAYS
        ? Step.to(next)
        : Step.to(next, new Effect.AwaitGroup(it.generation()));
  }

  private Step gone(Instance it, Duration up) {
    return switch (it.state()) {
      case Stopping _ -> it.wanted() ? spawn(it.crashes(0, 0)) : Step.to(it.in(new Down()));
      case LeaderExited(_, var status, _) -> ended(it, status, up);
      case Starting _, Up _, Down _, Waiting _, Spawning _, Backoff _, Ended _ -> Step.to(it);
    };
  }

  private Step ended(Instance before, ExitStatus status, Duration up) {
    int crashes = up.compareTo(RestartPolicy.HEALTHY_AFTER) >= 0 ? 1 : before.crashes() + 1;
    int neverUp = up.isZero() ? before.neverUp() + 1 : 0;
    var it = before.crashes(crashes, neverUp);
    return policy.restarts(status, neverUp)
        ? Step.to(
            it.in(new Backoff(status)),
            new Effect.Backoff(it.generation(), RestartPolicy.delay(crashes)))
        : Step.to(
            it.wanted(false).in(new Ended(status)),
            new Effect.GiveUp(it.generation(), status, neverUp));
  }

  private static Step groupTimeout(Instance it) {
    return it.state() instanceof LeaderExited(var pid, var status, var sent)
            && sent == StopSignal.NONE
        ? Step.to(
            it.in(new LeaderExited(pid, status, StopSignal.TERM)),
            new Effect.Terminate(it.generation(), pid))
        : Step.to(it);
  }

  private static Step graceTimeout(Instance it) {
    return switch (it.state()) {
      case Stopping(var pid, var sent) when sent == StopSignal.TERM -> kill(it, pid, true);
      case LeaderExited(var pid, var status, var sent) when sent == StopSignal.TERM ->
          Step.to(
              it.in(new LeaderExited(pid, status, StopSignal.KILL)),
              new Effect.Kill(it.generation(), pid, true));
      case Stopping _, LeaderExited _ -> Step.to(it);
      case Down _, Waiting _, Spawning _, Starting _, Up _, Backoff _, Ended _ -> Step.to(it);
    };
  }

  private static Step spawn(Instance it) {
    var next = it.nextGeneration();
    return Step.to(next, new Effect.Spawn(next.generation()));
  }

  /** Ends the rest of the leader's group, without repeating a signal it has already got. */
  private static Step stopGroup(Instance it, long pid, StopSignal sent) {
    return sent == StopSignal.NONE ? terminate(it, pid) : Step.to(it.in(new Stopping(pid, sent)));
  }

  private static Step terminate(Instance it, long pid) {
    return Step.to(
        it.in(new Stopping(pid, StopSignal.TERM)), new Effect.Terminate(it.generation(), pid));
  }

  private static Step kill(Instance it, long pid, boolean isAsked) {
    return Step.to(
        it.in(new Stopping(pid, StopSignal.KILL)), new Effect.Kill(it.generation(), pid, isAsked));
  }
}
