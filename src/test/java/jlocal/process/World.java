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

/** A world where everything arrives late and in any order, to try the lifecycle in. */
final class World {
  private static final List<Order> ORDERS = List.of(Order.values());

  private final Lifecycle lifecycle;
  private final Random random;
  private final Deque<News> mailbox = new ArrayDeque<>();
  private final List<Runnable> pending = new ArrayList<>();
  private final Set<Long> leaders = new HashSet<>();
  private final Set<Long> groups = new HashSet<>();
  private final Set<Long> terminated = new HashSet<>();
  private final Set<Integer> graceOver = new HashSet<>();
  private Instance it = Instance.unborn();
  private boolean insisted;
  private long nextPid = 100;

  World(Lifecycle lifecycle, Random random) {
    this.lifecycle = lifecycle;
    this.random = random;
  }

  void liveThrough(int steps) {
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
    assertThat(groups).as("after STOP nothing is alive").isEmpty();
    assertThat(it.state().isAlive()).as("and the state says so: %s", it.state()).isFalse();
  }

  private void order(Order order) {
    insisted |= order == Order.KILL;
    carryOut(lifecycle.on(it, order));
  }

  private void drain() {
    while (!mailbox.isEmpty() || !pending.isEmpty()) {
      if (mailbox.isEmpty()) somethingPendingHappens();
      deliverOne();
    }
  }

  private void somethingPendingHappens() {
    if (!pending.isEmpty()) pending.remove(random.nextInt(pending.size())).run();
  }

  private void deliverOne() {
    if (!mailbox.isEmpty()) carryOut(lifecycle.on(it, mailbox.poll()));
  }

  private void aLeaderExitsByItself() {
    for (long pid : List.copyOf(leaders)) {
      exit(it.life(), pid, new ExitStatus.Code(random.nextInt(2)), random.nextInt(3) > 0);
    }
  }

  private void carryOut(Lifecycle.Step step) {
    it = step.next();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.Spawn(var life) -> {
          assertThat(it.wanted()).as("spawned only when wanted").isTrue();
          assertThat(groups).as("one process group at most").isEmpty();
          pending.add(() -> spawn(life));
        }
        case Effect.Terminate(var life, var pid) -> terminate(life, pid);
        case Effect.Kill(var life, var pid) -> {
          assertThat(insisted || terminated.contains(pid)).as("asked before it is killed").isTrue();
          assertThat(insisted || graceOver.contains(life)).as("given its own grace").isTrue();
          pending.add(() -> exit(life, pid, new ExitStatus.Signaled(Signal.KILL), true));
        }
        case Effect.Linger(var life) -> pending.add(() -> mailbox.add(new News.LingerOver(life)));
        case Effect.CoolOff(var life, _) ->
            pending.add(() -> mailbox.add(new News.CoolOffOver(life)));
        case Effect.Retry(var life, _, _) ->
            pending.add(() -> mailbox.add(new News.CoolOffOver(life)));
        case Effect.GiveUp _ -> assertThat(it.wanted()).as("given up, so not wanted").isFalse();
        case Effect.Report _ -> assertThat(it.wanted()).isFalse();
      }
    }
  }

  private void spawn(int life) {
    if (random.nextInt(8) == 0) {
      mailbox.add(new News.NotSpawned(life, "no", random.nextBoolean()));
      return;
    }
    long pid = nextPid++;
    leaders.add(pid);
    groups.add(pid);
    assertThat(groups).as("one process group at most").hasSize(1);
    mailbox.add(new News.Spawned(life, pid));
    if (random.nextBoolean()) pending.add(() -> mailbox.add(new News.Ready(life)));
  }

  private void terminate(int life, long pid) {
    assertThat(terminated.add(pid)).as("asked once").isTrue();
    pending.add(() -> {
      graceOver.add(life);
      mailbox.add(new News.GraceOver(life));
    });
    if (random.nextInt(3) > 0) {
      pending.add(() -> exit(life, pid, new ExitStatus.Signaled(Signal.TERM), true));
    }
  }

  /**
   * The leader exits, if it has not yet; its group ends with it, or lives on until it is made to.
   */
  private void exit(int life, long pid, ExitStatus status, boolean wholeGroup) {
    if (leaders.remove(pid)) mailbox.add(new News.Exited(life, status));
    if (wholeGroup && groups.remove(pid)) {
      Duration up = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(60));
      pending.add(() -> mailbox.add(new News.Gone(life, up)));
    }
  }
}
