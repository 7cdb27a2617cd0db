package jlocal.process;

import static jlocal.process.ProcessState.Pressure.KILLED;
import static jlocal.process.ProcessState.Pressure.NONE;
import static jlocal.process.ProcessState.Pressure.TERMINATED;

import java.time.Duration;
import java.util.List;
import jlocal.os.ExitStatus;
import jlocal.process.ProcessState.CoolingOff;
import jlocal.process.ProcessState.Down;
import jlocal.process.ProcessState.Ended;
import jlocal.process.ProcessState.Lingering;
import jlocal.process.ProcessState.Spawning;
import jlocal.process.ProcessState.Starting;
import jlocal.process.ProcessState.Stopping;
import jlocal.process.ProcessState.Up;

/**
 * How an instance moves from state to state, as a pure function. It has no thread, clock or
 * process, and its switches have no default, so the compiler sees that every case is decided.
 */
final class Lifecycle {
  /** What a shell says of a command that could not be started. */
  private static final ExitStatus NOT_STARTED = new ExitStatus.Code(126);

  private final RestartPolicy policy;

  Lifecycle(RestartPolicy policy) {
    this.policy = policy;
  }

  record Step(Instance next, List<Effect> effects) {
    static Step to(Instance next, Effect... effects) {
      return new Step(next, List.of(effects));
    }
  }

  Step on(Instance before, Order order) {
    var it = before.wanted(order == Order.START || order == Order.RESTART);
    return switch (order) {
      case START ->
          switch (it.state()) {
            case Down _, CoolingOff _, Ended _ -> spawn(it.crashes(0, 0));
            case Lingering(var pid, _, var pressure) -> hurry(it, pid, pressure);
            case Spawning _, Starting _, Up _, Stopping _ -> Step.to(it);
          };
      case RESTART ->
          switch (it.state()) {
            case Down _, CoolingOff _, Ended _ -> spawn(it.crashes(0, 0));
            case Starting(var pid) -> press(it, pid, NONE);
            case Up(var pid) -> press(it, pid, NONE);
            case Lingering(var pid, _, var pressure) -> hurry(it, pid, pressure);
            case Spawning _, Stopping _ -> Step.to(it);
          };
      case STOP -> stop(it);
      case KILL -> kill(it);
    };
  }

  private static Step stop(Instance it) {
    return switch (it.state()) {
      case Starting(var pid) -> press(it, pid, NONE);
      case Up(var pid) -> press(it, pid, NONE);
      case Lingering(var pid, _, var pressure) -> hurry(it, pid, pressure);
      case CoolingOff _ -> Step.to(it.now(new Down()));
      case Down _, Spawning _, Stopping _, Ended _ -> Step.to(it);
    };
  }

  private static Step kill(Instance it) {
    return switch (it.state()) {
      case Starting(var pid) -> press(it, pid, TERMINATED);
      case Up(var pid) -> press(it, pid, TERMINATED);
      case Lingering(var pid, _, var pressure) when pressure != KILLED ->
          press(it, pid, TERMINATED);
      case Stopping(var pid, var pressure) when pressure != KILLED -> press(it, pid, TERMINATED);
      case Down _, Spawning _, Lingering _, Stopping _, CoolingOff _, Ended _ -> stop(it);
    };
  }

  Step on(Instance it, News news) {
    if (news.life() != it.life()) return Step.to(it);
    return switch (news) {
      case News.Spawned(_, var pid) ->
          it.wanted() ? Step.to(it.now(new Starting(pid))) : press(it, pid, NONE);
      case News.NotSpawned(_, var why, var temporary) -> notSpawned(it, why, temporary);
      case News.Ready _ ->
          it.state() instanceof Starting(var pid)
              ? Step.to(it.crashes(it.crashes(), 0).now(new Up(pid)))
              : Step.to(it);
      case News.Exited(_, var status) -> exited(it, status);
      case News.Gone(_, var up) -> gone(it, up);
      case News.LingerOver _ ->
          it.state() instanceof Lingering(var pid, var status, var pressure) && pressure == NONE
              ? Step.to(
                  it.now(new Lingering(pid, status, TERMINATED)),
                  new Effect.Terminate(it.life(), pid))
              : Step.to(it);
      case News.GraceOver _ -> graceOver(it);
      case News.Abandoned _ ->
          switch (it.state()) {
            case Stopping _, Lingering _ -> Step.to(it.wanted(false).now(new Down()));
            case Down _, Spawning _, Starting _, Up _, CoolingOff _, Ended _ -> Step.to(it);
          };
      case News.CoolOffOver _ -> it.state() instanceof CoolingOff ? spawn(it) : Step.to(it);
    };
  }

  /** What the system lacks for now it may have later: the start is tried again, like a crash. */
  private Step notSpawned(Instance it, String why, boolean temporary) {
    if (!temporary || !it.wanted() || policy == RestartPolicy.NEVER) {
      return Step.to(it.wanted(false).now(new Down()), new Effect.Report(why));
    }
    int failures = it.crashes() + 1;
    return Step.to(
        it.crashes(failures, it.stillborn()).now(new CoolingOff(NOT_STARTED)),
        new Effect.Retry(it.life(), why, RestartPolicy.delay(failures + 1)));
  }

  /** The leader exited by itself: a crash gives its group a moment, a clean end all the time. */
  private Step exited(Instance it, ExitStatus status) {
    return switch (it.state()) {
      case Starting(var pid) -> linger(it, pid, status);
      case Up(var pid) -> linger(it, pid, status);
      case Stopping _, Down _, Spawning _, Lingering _, CoolingOff _, Ended _ -> Step.to(it);
    };
  }

  private Step linger(Instance it, long pid, ExitStatus status) {
    var lingering = it.now(new Lingering(pid, status, NONE));
    return status.isClean() && policy != RestartPolicy.ALWAYS
        ? Step.to(lingering)
        : Step.to(lingering, new Effect.Linger(it.life()));
  }

  private Step gone(Instance it, Duration up) {
    return switch (it.state()) {
      case Stopping _ -> it.wanted() ? spawn(it.crashes(0, 0)) : Step.to(it.now(new Down()));
      case Lingering(_, var status, _) -> ended(it, status, up);
      case Starting _, Up _, Down _, Spawning _, CoolingOff _, Ended _ -> Step.to(it);
    };
  }

  private Step ended(Instance before, ExitStatus status, Duration up) {
    int crashes = up.compareTo(RestartPolicy.HEALTHY) >= 0 ? 1 : before.crashes() + 1;
    int stillborn = up.isZero() ? before.stillborn() + 1 : 0;
    var it = before.crashes(crashes, stillborn);
    return policy.restarts(status, stillborn)
        ? Step.to(
            it.now(new CoolingOff(status)),
            new Effect.CoolOff(it.life(), RestartPolicy.delay(crashes)))
        : Step.to(
            it.wanted(false).now(new Ended(status)),
            new Effect.GiveUp(it.life(), status, stillborn));
  }

  private Step graceOver(Instance it) {
    return switch (it.state()) {
      case Stopping(var pid, var pressure) when pressure == TERMINATED -> press(it, pid, pressure);
      case Lingering(var pid, var status, var pressure) when pressure == TERMINATED ->
          Step.to(it.now(new Lingering(pid, status, KILLED)), new Effect.Kill(it.life(), pid));
      case Stopping _, Lingering _ -> Step.to(it);
      case Down _, Spawning _, Starting _, Up _, CoolingOff _, Ended _ -> Step.to(it);
    };
  }

  private static Step spawn(Instance it) {
    var reborn = it.reborn();
    return Step.to(reborn, new Effect.Spawn(reborn.life()));
  }

  /** Those who outlived their leader are to end too; whoever was asked already keeps its grace. */
  private static Step hurry(Instance it, long pid, ProcessState.Pressure before) {
    return before == NONE ? press(it, pid, NONE) : Step.to(it.now(new Stopping(pid, before)));
  }

  /** Asks a running process to end, one step harder than before. */
  private static Step press(Instance it, long pid, ProcessState.Pressure before) {
    return switch (before) {
      case NONE ->
          Step.to(it.now(new Stopping(pid, TERMINATED)), new Effect.Terminate(it.life(), pid));
      case TERMINATED ->
          Step.to(it.now(new Stopping(pid, KILLED)), new Effect.Kill(it.life(), pid));
      case KILLED -> Step.to(it.now(new Stopping(pid, KILLED)));
    };
  }
}
