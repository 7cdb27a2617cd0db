package jlocal.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import jlocal.app.OrderReport.Change;
import jlocal.control.Reply;
import jlocal.formation.AppDefinition;
import jlocal.formation.InstanceName;
import jlocal.formation.Scale;
import jlocal.formation.StartOrder;
import jlocal.plan.Planner;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.process.InstanceSnapshots;
import jlocal.process.Order;
import jlocal.process.ProcessManager;
import jlocal.process.ProcessState;
import jlocal.procfile.ProcessType;

/**
 * Executes orders about instances, and waits for their outcomes. Orders change the desired state
 * one after the other, but wait concurrently. Any thread.
 */
final class Orders {
  private final ProcessManager manager;
  private final InstanceSnapshots snapshots;
  private final RouterLifecycle router;
  private final AppLog log;
  private final Planner planner;
  private final Scale scale;
  private final Object reloading = new Object();
  private final Object rolling = new Object();
  private DesiredState desired;

  Orders(AppPlan app, ProcessManager manager, RouterLifecycle router, AppLog log) {
    this.manager = manager;
    this.router = router;
    this.log = log;
    snapshots = manager.snapshots();
    planner = app.planner();
    scale = planner.request().scale();
    var counts = scale.over(app.plan().procfile(), app.plan().blueprint().order());
    desired = DesiredState.of(app.plan().blueprint(), counts).value();
  }

  synchronized DesiredState desired() {
    return desired;
  }

  private StartOrder order() {
    return desired().formation().order();
  }

  Reply scale(List<String> changes, boolean await) throws UserError {
    List<Change> scaled = scale(changes);
    log.say("scaling: " + String.join(" ", changes));
    String counts =
        desired().formation().counts().entrySet().stream()
            .map(entry -> entry.getKey() + " at " + entry.getValue())
            .collect(Collectors.joining(", "));
    String now = "now running " + (counts.isEmpty() ? "nothing" : counts);
    return OrderReport.both(report(scaled, await, openRouter()), new Reply.Done(List.of(now)));
  }

  /** Changes the counts, and starts stopped instances of the named types. */
  private synchronized List<Change> scale(List<String> changes) throws UserError {
    DesiredState next = desired.scaled(changes).orThrow();
    var types = new LinkedHashSet<String>();
    changes.forEach(change -> types.add(change.replaceFirst("[=+-][0-9]+$", "")));
    var start = new LinkedHashSet<InstanceName>();
    for (InstanceName name : next.formation().specs().keySet()) {
      boolean isNamed = types.contains(name.type().name());
      if (isNamed && !StartOutcome.isUp(snapshots.of(name))) start.add(name);
    }
    return apply(next, start);
  }

  /** Sets the desired state, and starts some of its instances, even if they were stopped. */
  private List<Change> apply(DesiredState next, SequencedSet<InstanceName> start) throws UserError {
    var diff = FormationDiff.between(desired.formation(), next.formation());
    List<InstanceName> startable =
        diff.added().stream().filter(name -> !snapshots.of(name).state().isAlive()).toList();
    List<Problem> busy = planner.reserve(next.formation(), startable);
    if (!busy.isEmpty()) throw new UserError(busy);
    var changes = new ArrayList<Change>();
    start.forEach(name -> changes.add(starting(name, Order.START)));
    diff.removed().forEach(name -> changes.add(new Change.Stop(name)));
    desired = next;
    log.hideServices(next.formation());
    log.lookForReadyLines(next.formation().order(), manager::lineFound);
    router.asleep().reloads(diff.changed());
    manager.apply(next.formation());
    router.asleep().retain(next.formation());
    // The manager starts new ones; a second START could meet one that has crashed since.
    next.formation().order().sorted(start).stream()
        .filter(name -> !diff.added().contains(name))
        .forEach(name -> manager.order(name, Order.START));
    return changes;
  }

  private Change starting(InstanceName name, Order order) {
    return new Change.Start(name, StartOutcome.generationAfter(order, snapshots.of(name)));
  }

  Reply start(List<String> named, boolean await) throws UserError {
    List<String> words = withPrerequisites(named);
    List<String> scaled = desired().changes(words);
    var rest = new ArrayList<>(words);
    rest.removeIf(word -> scaled.contains(word) || scaled.contains(word + "=1"));
    boolean some = !rest.isEmpty() || scaled.isEmpty();
    Set<InstanceName> selected = some ? desired().select(rest).orThrow() : Set.of();
    var changes = new ArrayList<Change>();
    if (!scaled.isEmpty()) changes.addAll(scale(scaled));
    changes.addAll(order(selected, Order.START));
    return report(changes, await, openRouter());
  }

  /** Returns these words and the types they wait for that are not up, unless excluded. */
  private List<String> withPrerequisites(List<String> words) {
    var all = new ArrayList<>(words);
    DesiredState now = desired();
    for (String word : words) {
      String name = word.replaceFirst("[.=].*", "");
      if (!ProcessType.isName(name)) continue;
      for (ProcessType before : order().prerequisites(new ProcessType(name))) {
        boolean isLeftOut = scale.counts().getOrDefault(before, 1) == 0;
        boolean isReady =
            !now.formation().of(before).isEmpty()
                && now.formation().of(before).stream()
                    .allMatch(spec -> StartOutcome.isReady(snapshots.of(spec.name())));
        if (!isLeftOut && !isReady && !all.contains(before.name())) all.addFirst(before.name());
      }
    }
    return all;
  }

  Reply stop(List<String> words) throws UserError {
    var named = desired().select(words).orThrow();
    router.asleep().stopped(named);
    return report(order(named, Order.STOP), true, "");
  }

  /** Kills and restarts instances, without waiting for them. */
  Reply kill(List<String> words) throws UserError {
    var named = desired().select(words).orThrow();
    order(named, Order.KILL);
    return report(order(named, Order.START), false, "");
  }

  private List<Change> order(Collection<InstanceName> names, Order order) {
    var changes = new ArrayList<Change>();
    for (InstanceName name : order().sorted(names)) {
      changes.add(order == Order.STOP ? new Change.Stop(name) : starting(name, order));
      manager.order(name, order);
    }
    return changes;
  }

  /** Reads the app's files again and applies what has changed in them. */
  Reply reload(boolean await) throws UserError {
    DesiredState before;
    List<Change> changes;
    // One reload at a time; reading a slow pipe delays no other order.
    synchronized (reloading) {
      before = desired();
      changes = revise(planner.reread());
    }
    DesiredState after = desired();
    var files = new ArrayList<>(FormationDiff.sentences(before.app(), after.app()));
    files.addAll(FormationDiff.later(before.app(), after.app()));
    if (files.isEmpty()) return new Reply.Done(List.of("nothing has changed"));
    var diff = FormationDiff.between(before.formation(), after.formation());
    files.addAll(diff.reasons(before.formation(), after.formation()));
    // The sentences describe the changes that are not awaited.
    List<Change> awaited = await ? changes : List.of();
    return OrderReport.both(new Reply.Done(files), report(awaited, await, openRouter()));
  }

  private synchronized List<Change> revise(Reading<AppDefinition> read) throws UserError {
    var counts = scale.over(read.value().procfile(), read.value().order());
    DesiredState next = desired.revised(read, counts).orThrow();
    var diff = FormationDiff.between(desired.formation(), next.formation());
    var changes = new ArrayList<Change>();
    diff.added().forEach(name -> changes.add(starting(name, Order.RESTART)));
    diff.changed().stream()
        .filter(name -> !(snapshots.of(name).state() instanceof ProcessState.Down))
        .forEach(name -> changes.add(starting(name, Order.RESTART)));
    changes.addAll(apply(next, new LinkedHashSet<>()));
    return changes;
  }

  /**
   * Restarts the selected instances.
   *
   * @param dependents whether to restart their dependents, when the instances are ready again
   */
  Reply restart(List<String> words, boolean dependents, boolean await) throws UserError {
    var named = desired().select(words).orThrow();
    Reply first = OrderReport.both(restart(named, await), new Reply.Done(unapplied()));
    if (!dependents) return first;
    var types = new LinkedHashSet<ProcessType>();
    named.forEach(it -> types.addAll(order().dependents(it.type())));
    var after = new LinkedHashSet<>(desired().formation().specs().keySet());
    after.removeAll(named);
    after.removeIf(it -> !types.contains(it.type()) || !snapshots.of(it).state().isAlive());
    if (after.isEmpty()) return first;
    return OrderReport.both(first, restart(after, await));
  }

  /** Returns changes of the files that need a reload. */
  private List<String> unapplied() {
    Reading<AppDefinition> read = planner.reread();
    if (read.hasErrors()) return List.of();
    DesiredState now = desired();
    List<String> changes = FormationDiff.sentences(now.app(), now.app().revised(read.value()));
    if (changes.isEmpty()) return List.of();
    return List.of(
        "a restart does not apply changed files ("
            + String.join("; ", changes)
            + "): use 'jlocal reload'");
  }

  private Reply restart(SequencedSet<InstanceName> names, boolean await) {
    var web = new ArrayList<InstanceName>();
    var others = new ArrayList<InstanceName>();
    names.forEach(it -> (it.type().equals(ProcessType.WEB) ? web : others).add(it));
    if (web.size() == 1) others.addAll(web); // A second restart need not wait for the first.
    if (web.size() == 1) web.clear();
    List<Change> atOnce = order(others, Order.RESTART);
    if (await) return OrderReport.both(rollingRestart(web), report(atOnce, true, ""));
    Thread.ofPlatform().name("restart").daemon().start(() -> rollingRestart(web));
    return new Reply.Done(List.of("restarting " + joined(List.copyOf(names))));
  }

  /**
   * Restarts instances one after the other, so that the others serve requests; ends at the first
   * failure. A second rolling restart waits for the first.
   */
  private Reply rollingRestart(List<InstanceName> names) {
    synchronized (rolling) {
      Reply reply = new Reply.Done(List.of());
      for (int i = 0; i < names.size(); i++) {
        var one = order(List.of(names.get(i)), Order.RESTART);
        reply = OrderReport.both(reply, report(one, true, ""));
        if (reply instanceof Reply.Failed && i + 1 < names.size()) {
          String rest = joined(names.subList(i + 1, names.size()));
          var failed = List.of("not restarted because of this: " + rest);
          return OrderReport.both(reply, new Reply.Failed(List.of(), failed, false));
        }
      }
      return reply;
    }
  }

  private static String joined(List<InstanceName> names) {
    return names.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  /** Waits until the router listens and every instance is up, or will not be. */
  Reply await() {
    Reply listening = router.awaitOpen();
    var changes = new ArrayList<Change>();
    for (InstanceName name : desired().formation().specs().keySet()) {
      var now = snapshots.of(name);
      boolean stopped = now.generation() > 0 && now.state() instanceof ProcessState.Down;
      if (!stopped) changes.add(new Change.Start(name, 1));
    }
    return OrderReport.both(listening, report(changes, true, ""));
  }

  /** Opens the router for the app's first web; returns its address, or an empty text. */
  private String openRouter() {
    return router.openFor(desired().formation());
  }

  private Reply report(List<Change> changes, boolean await, String address) {
    var report = new OrderReport(manager, log, order());
    changes.forEach(change -> report.add(change, await));
    if (address.isEmpty()) return report.reply();
    return OrderReport.both(report.reply(), new Reply.Done(List.of("web is on " + address)));
  }
}
