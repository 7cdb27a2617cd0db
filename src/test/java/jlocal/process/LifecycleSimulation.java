package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import jlocal.os.ExitStatus;
import jlocal.os.Signal;
import jlocal.process.Lifecycle.Effect;
import jlocal.process.Lifecycle.Observation;

/** A simulation in which everything arrives late and in any order. */
final class LifecycleSimulation {
  private static final List<Order> ORDERS = List.of(Order.values());

  private final Lifecycle lifecycle;
  private final Random random;
  private final Deque<Observation> observations = new ArrayDeque<>();
  private final List<Runnable> pending = new ArrayList<>();
  private final Set<Long> leaders = new HashSet<>();
  private final Set<Long> groups = new HashSet<>();
  private final Set<Long> terminated = new HashSet<>();
  private final Set<Integer> graceOver = new HashSet<>();
  private Instance it = Instance.initial();
  private boolean killOrdered;
  private long nextPid = 100;

  LifecycleSimulation(Lifecycle lifecycle, Random random) {
    this.lifecycle = lifecycle;
    this.random = random;
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      switch (random.nextInt(6)) {
        case 0 -> order(ORDERS.get(random.nextInt(ORDERS.size())));
        case 1, 2 -> somethingPendingHappens();
        case 3 -> aLeaderExitsByItself();
        default -> deliverOne();
      }
    }
    order(Order.STOP);
    drain();
    assertThat(groups).as("after STOP no process runs").isEmpty();
    assertThat(it.state().isAlive()).as("and the state says so: %s", it.state()).isFalse();
  }

  private void order(Order order) {
    killOrdered |= order == Order.KILL;
    run(lifecycle.on(it, order));
  }

  private void drain() {
    while (!observations.isEmpty() || !pending.isEmpty()) {
      if (observations.isEmpty()) somethingPendingHappens();
      deliverOne();
    }
  }

  private void somethingPendingHappens() {
    if (!pending.isEmpty()) pending.remove(random.nextInt(pending.size())).run();
  }

  private void deliverOne() {
    if (!observations.isEmpty()) run(lifecycle.on(it, observations.poll()));
  }

  private void aLeaderExitsByItself() {
    for (long pid : List.copyOf(leaders)) {
      exit(it.generation(), pid, new ExitStatus.Code(random.nextInt(2)), random.nextInt(3) > 0);
    }
  }

  private void run(Lifecycle.Step step) {
    it = step.next();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.Spawn(var generation) -> {
          assertThat(it.wanted()).as("spawned only when wanted").isTrue();
          assertThat(groups).as("one process group at most").isEmpty();
          pending.add(() -> spawn(generation));
        }
        case Effect.Terminate(var generation, var pid) -> terminate(generation, pid);
        case Effect.Kill(var generation, var pid, _) -> {
          assertThat(killOrdered || terminated.contains(pid))
              .as("asked before it is killed")
              .isTrue();
          assertThat(killOrdered || graceOver.contains(generation))
              .as("given its own grace")
              .isTrue();
          pending.add(() -> exit(generation, pid, new ExitStatus.Signaled(Signal.KILL), true));
        }
        case Effect.AwaitGroup(var generation) ->
            pending.add(() -> observations.add(new Observation.GroupTimeout(generation)));
        case Effect.Backoff(var generation, _) ->
            pending.add(() -> observations.add(new Observation.BackoffOver(generation)));
        case Effect.Retry(var generation, _, _) ->
            pending.add(() -> observations.add(new Observation.BackoffOver(generation)));
        case Effect.GiveUp _ -> assertThat(it.wanted()).as("given up, so not wanted").isFalse();
        case Effect.ReportNotStarted _ -> assertThat(it.wanted()).isFalse();
      }
    }
  }

  private void spawn(int generation) {
    if (random.nextInt(8) == 0) {
      observations.add(new Observation.NotSpawned(generation, "no", random.nextBoolean()));
      return;
    }
    long pid = nextPid++;
    leaders.add(pid);
    groups.add(pid);
    assertThat(groups).as("one process group at most").hasSize(1);
    observations.add(new Observation.Spawned(generation, pid));
    if (random.nextBoolean())
      pending.add(() -> observations.add(new Observation.Ready(generation)));
  }

  private void terminate(int generation, long pid) {
    assertThat(terminated.add(pid)).as("asked once").isTrue();
    pending.add(() -> {
      graceOver.add(generation);
      observations.add(new Observation.GraceTimeout(generation));
    });
    if (random.nextInt(3) > 0) {
      pending.add(() -> exit(generation, pid, new ExitStatus.Signaled(Signal.TERM), true));
    }
  }

  /**
   * The leader exits, if it has not yet; its group ends with it, or keeps running until it is
   * ended.
   */
  private void exit(int generation, long pid, ExitStatus status, boolean wholeGroup) {
    if (leaders.remove(pid)) observations.add(new Observation.Exited(generation, status));
    if (wholeGroup && groups.remove(pid)) {
      Duration up = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(60));
      pending.add(() -> observations.add(new Observation.Gone(generation, up)));
    }
  }
}
