package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import jlocal.formation.InstanceName;
import jlocal.formation.Readiness;
import jlocal.formation.StartOrder;
import jlocal.os.ExitStatus;
import jlocal.process.Lifecycle.Effect;
import jlocal.process.Lifecycle.Observation;
import jlocal.procfile.ProcessType;

/**
 * An app of random types in a random graph, whose processes boot, crash, hang and restart at
 * random, in simulated time. It does what the manager does with {@link StartGate}.
 */
final class OrderSimulation {
  private static final long GRACE = 5_000;
  private static final int CRASH_LOOP = 3;

  private final Random random;
  private final String what;
  private final Lifecycle lifecycle = new Lifecycle(RestartPolicy.ON_CRASH);
  private final LinkedHashMap<InstanceName, Instance> instances = new LinkedHashMap<>();
  private final LinkedHashMap<InstanceName, Long> pendingSince = new LinkedHashMap<>();
  private final Set<InstanceName> crashing = new HashSet<>();
  private final Set<InstanceName> hanging = new HashSet<>();
  private final Set<InstanceName> deaf = new HashSet<>();
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private final StartOrder order;
  private List<List<ProcessType>> stopLevels = List.of();
  private long now;
  private long number;
  private long endingSince = -1;

  private record Task(long at, long number, Runnable action) {}

  OrderSimulation(Random random, String what) {
    this.random = random;
    this.what = what;
    int types = 1 + random.nextInt(6);
    var names = new ArrayList<String>();
    var after = new ArrayList<Set<String>>();
    for (int i = 0; i < types; i++) {
      var before = new HashSet<String>();
      for (int n = random.nextInt(3); n > 0 && i > 0; n--) before.add("t" + random.nextInt(i));
      names.add("t" + i);
      after.add(before);
    }
    order = order(names, after, Duration.ofMillis(1000 + random.nextInt(9000)));
    for (String type : names) {
      for (int i = 1; i <= 1 + random.nextInt(2); i++) {
        var name = new InstanceName(new ProcessType(type), i);
        instances.put(name, Instance.initial());
        if (random.nextInt(8) == 0) crashing.add(name);
        if (random.nextInt(8) == 0) hanging.add(name);
        if (random.nextInt(8) == 0) deaf.add(name);
      }
    }
  }

  static StartOrder order(List<String> names, List<Set<String>> after, Duration timeout) {
    var rules = new LinkedHashMap<ProcessType, StartOrder.Rule>();
    for (int i = 0; i < names.size(); i++) {
      var before = new LinkedHashMap<ProcessType, String>();
      after.get(i).forEach(type -> before.put(new ProcessType(type), "test"));
      var rule = new StartOrder.Rule(before, new Readiness.Alive(), timeout, Duration.ZERO, null);
      rules.put(new ProcessType(names.get(i)), rule);
    }
    return new StartOrder(rules);
  }

  void run() {
    order.sorted(instances.keySet()).forEach(name -> order(name, Order.START));
    for (int i = random.nextInt(6); i > 0; i--) {
      at(random.nextInt(20_000), this::aPersonOrders);
    }
    until(120_000);
    instances.forEach((name, it) ->
        assertThat(it.state())
            .as("%s: %s waits for ever", what, name)
            .isNotInstanceOf(ProcessState.Waiting.class));
    end();
  }

  private void aPersonOrders() {
    var names = List.copyOf(instances.keySet());
    var named = new ArrayList<InstanceName>();
    for (InstanceName name : names) if (random.nextInt(3) == 0) named.add(name);
    Order what = List.of(Order.START, Order.RESTART, Order.STOP).get(random.nextInt(3));
    order.sorted(named).forEach(name -> order(name, what));
  }

  private void end() {
    endingSince = now;
    var alive = new LinkedHashSet<ProcessType>();
    instances.forEach((name, it) -> {
      if (it.state().isAlive()) alive.add(name.type());
    });
    stopLevels = order.levels(alive);
    for (int i = 1; i < stopLevels.size(); i++) at(GRACE * i / stopLevels.size(), this::stopDue);
    stopDue();
    until(GRACE + 100);
    instances.forEach((name, it) ->
        assertThat(it.state().isAlive()).as("%s: %s is left: %s", what, name, it).isFalse());
  }

  private void at(long delay, Runnable action) {
    tasks.add(new Task(now + delay, number++, action));
  }

  private void until(long duration) {
    long end = now + duration;
    for (int i = 0; !tasks.isEmpty() && tasks.peek().at() <= end; i++) {
      assertThat(i).as(what).isLessThan(100_000);
      Task next = tasks.poll();
      now = next.at();
      next.action().run();
    }
    now = end;
  }

  private StartGate gate() {
    var members = new ArrayList<StartGate.Member>();
    instances.forEach((name, it) ->
        members.add(
            new StartGate.Member(
                name, it, Duration.ofMillis(now - pendingSince.getOrDefault(name, now)))));
    return new StartGate(order, members);
  }

  private Instance of(InstanceName name) {
    return instances.getOrDefault(name, Instance.initial());
  }

  private void order(InstanceName name, Order what) {
    take(name, lifecycle.on(of(name), what));
  }

  private void take(InstanceName name, Lifecycle.Step decided) {
    Lifecycle.Step step = decided;
    if (step.spawns() && !gate().blockers(name.type()).isEmpty()) step = step.held();
    Instance before = of(name);
    Instance next = step.next();
    boolean was =
        pendingSince.containsKey(name) && !(before.state() instanceof ProcessState.Waiting);
    boolean is = StartGate.isPending(next);
    if (is && !was) pendingSince.put(name, now);
    if (!is) pendingSince.remove(name);
    instances.put(name, next);
    step.effects().forEach(effect -> run(name, effect));
    if (before.state().equals(next.state())) return;
    if (is && !was) at(order.rule(name.type()).timeout().toMillis(), this::release);
    release();
    if (endingSince >= 0) stopDue();
  }

  private void release() {
    if (endingSince >= 0) return;
    for (InstanceName name : List.copyOf(instances.keySet())) {
      Instance it = of(name);
      if (!(it.state() instanceof ProcessState.Waiting)) continue;
      if (!gate().blockers(name.type()).isEmpty()) continue;
      take(name, lifecycle.on(it, new Observation.Released(it.generation())));
    }
  }

  private void stopDue() {
    Duration ending = Duration.ofMillis(now - endingSince);
    for (InstanceName name : gate().stoppable(stopLevels, ending, Duration.ofMillis(GRACE))) {
      if (of(name).wanted()) order(name, Order.STOP);
    }
  }

  private void run(InstanceName name, Effect effect) {
    switch (effect) {
      case Effect.Spawn(var generation) -> {
        everythingItIsAfterIsReadyOrGivenUp(name);
        assertThat(endingSince).as("%s: %s starts while the app ends", what, name).isNegative();
        at(1, () -> boot(name, generation));
      }
      case Effect.Terminate(var generation, _) -> {
        nothingThatNeedsItRunsOn(name);
        long left = endingSince < 0 ? GRACE : Math.max(0, endingSince + GRACE - now);
        at(left, () -> observe(name, new Observation.GraceTimeout(generation)));
        if (!deaf.contains(name)) at(random.nextInt(500), () -> gone(name, generation));
      }
      case Effect.Kill(var generation, _, _) -> at(1, () -> gone(name, generation));
      case Effect.AwaitGroup(var generation) -> at(1, () -> gone(name, generation));
      case Effect.Backoff(var generation, var delay) ->
          at(delay.toMillis(), () -> observe(name, new Observation.BackoffOver(generation)));
      case Effect.Retry _, Effect.GiveUp _, Effect.ReportNotStarted _ -> {}
    }
  }

  private void boot(InstanceName name, int generation) {
    observe(name, new Observation.Spawned(generation, 100 + number));
    boolean crashes = crashing.contains(name) && (random.nextInt(CRASH_LOOP) > 0);
    if (crashes) {
      var exited = new Observation.Exited(generation, new ExitStatus.Code(1));
      at(random.nextInt(300), () -> observe(name, exited));
    } else if (!hanging.contains(name)) {
      at(random.nextInt(4000), () -> observe(name, new Observation.Ready(generation)));
    }
  }

  private void gone(InstanceName name, int generation) {
    observe(name, new Observation.Gone(generation, Duration.ZERO));
  }

  private void observe(InstanceName name, Observation observation) {
    take(name, lifecycle.on(of(name), observation));
  }

  private void everythingItIsAfterIsReadyOrGivenUp(InstanceName name) {
    Duration timeout = order.rule(name.type()).timeout();
    instances.forEach((other, it) -> {
      if (!order.rule(name.type()).after().containsKey(other.type())) return;
      boolean isLate = now - pendingSince.getOrDefault(other, now) >= timeout.toMillis();
      boolean isCrashing = it.neverUp() >= StartGate.CRASH_LIMIT;
      boolean isWaited =
          it.state() instanceof ProcessState.Waiting
              || (StartGate.isPending(it) && !isLate && !isCrashing);
      assertThat(isWaited).as("%s: %s starts before %s: %s", what, name, other, it).isFalse();
    });
  }

  private void nothingThatNeedsItRunsOn(InstanceName name) {
    if (endingSince < 0 || now - endingSince >= GRACE / stopLevels.size()) return;
    if (!(of(name).state() instanceof ProcessState.Stopping)) return;
    instances.forEach((other, it) -> {
      boolean needs = order.prerequisites(other.type()).contains(name.type());
      boolean serves = it.wanted() && it.state() instanceof ProcessState.Up;
      assertThat(needs && serves).as("%s: %s is stopped before %s", what, name, other).isFalse();
    });
  }
}
