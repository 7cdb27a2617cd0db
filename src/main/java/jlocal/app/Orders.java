package jlocal.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import jlocal.control.Reply;
import jlocal.formation.InstanceName;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.process.Order;
import jlocal.process.ProcessState;
import jlocal.procfile.ProcessType;

/** Carries out orders about instances and waits for what comes of them. */
final class Orders {
  private final Steering steering;
  private final Roster roster;
  private final AppLog log;
  private final Doorkeeper door;
  private final Duration boot;

  /**
   * Makes one.
   *
   * @param boot how long a process may take to come up; zero for ever
   */
  Orders(Steering steering, Roster roster, AppLog log, Doorkeeper door, Duration boot) {
    this.boot = boot;
    this.steering = steering;
    this.roster = roster;
    this.log = log;
    this.door = door;
  }

  Reply scale(List<String> changes, boolean await) {
    Reading<Expected> expected = steering.scale(changes);
    if (expected.hasErrors()) return refused(expected.problems());
    log.say("scaling: " + String.join(" ", changes));
    return Report.both(andDoor(expected.value(), await), new Reply.Done(List.of(now())));
  }

  /** As Heroku sums it up. */
  private String now() {
    return steering.course().formation().counts().entrySet().stream()
        .map(entry -> entry.getKey() + " at " + entry.getValue())
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", "),
                all -> all.isEmpty() ? "now running nothing" : "now running " + all));
  }

  Reply start(List<String> words, boolean await) {
    var changes = steering.changes(words);
    var rest = new ArrayList<>(words);
    rest.removeIf(word -> changes.contains(word) || changes.contains(word + "=1"));
    boolean some = !rest.isEmpty() || changes.isEmpty();
    Reading<SequencedSet<InstanceName>> named = steering.named(rest);
    if (some && named.hasErrors()) return refused(named.problems());
    var expected = new Expected(new ArrayList<>());
    if (!changes.isEmpty()) {
      Reading<Expected> scaled = steering.scale(changes);
      if (scaled.hasErrors()) return refused(scaled.problems());
      expected.all().addAll(scaled.value().all());
    }
    if (some) expected.all().addAll(steering.order(named.value(), Order.START).all());
    return andDoor(expected, await);
  }

  /** The first web of an app gets a router. */
  private Reply andDoor(Expected expected, boolean await) {
    String address = door.openFor(steering.course().formation());
    Reply outcome = outcome(expected, await);
    if (address.isEmpty()) return outcome;
    return Report.both(outcome, new Reply.Done(List.of("web is on " + address)));
  }

  Reply stop(List<String> words) {
    Reading<SequencedSet<InstanceName>> named = steering.named(words);
    if (named.hasErrors()) return refused(named.problems());
    return outcome(steering.order(named.value(), Order.STOP), true);
  }

  Reply reload(boolean await) {
    var before = steering.course();
    Reading<Expected> expected = steering.reload();
    if (expected.hasErrors()) return refused(expected.problems());
    var after = steering.course();
    var files = Revision.ofFiles(before.blueprint(), after.blueprint());
    if (files.isEmpty()) return new Reply.Done(List.of("nothing has changed"));
    return Report.after(files, andDoor(expected.value(), await));
  }

  Reply restart(List<String> words, boolean await) {
    Reading<SequencedSet<InstanceName>> named = steering.named(words);
    if (named.hasErrors()) return refused(named.problems());
    var others = new ArrayList<InstanceName>();
    var web = new ArrayList<InstanceName>();
    named.value().forEach(name -> (isWeb(name) ? web : others).add(name));
    Expected atOnce = steering.order(others, Order.RESTART);
    if (await) return Report.both(roll(web), outcome(atOnce, true));
    Thread.ofPlatform().name("restart").daemon().start(() -> roll(web));
    var all = named.value().stream().map(Object::toString).collect(Collectors.joining(", "));
    return new Reply.Done(List.of("restarting " + all));
  }

  private static boolean isWeb(InstanceName name) {
    return name.type().equals(ProcessType.WEB);
  }

  /**
   * One after the other, so that all the others are there for requests; to the first failure. A
   * second restart waits for the first.
   */
  private synchronized Reply roll(List<InstanceName> names) {
    Reply so = new Reply.Done(List.of());
    for (int i = 0; i < names.size(); i++) {
      var one = List.of(names.get(i));
      so = Report.both(so, outcome(steering.order(one, Order.RESTART), true));
      if (so instanceof Reply.Failed && i + 1 < names.size()) {
        var left = names.subList(i + 1, names.size());
        String rest = left.stream().map(Object::toString).collect(Collectors.joining(", "));
        return Report.both(
            so,
            new Reply.Failed(List.of(), List.of("not restarted because of this: " + rest), false));
      }
    }
    return so;
  }

  /** Waits until the router listens and every instance is up, or is not going to be. */
  Reply await() {
    Reply router = door.awaitOpen();
    var expected = new Expected(new ArrayList<>());
    for (InstanceName name : steering.course().formation().specs().keySet()) {
      Standing now = roster.of(name);
      boolean down = now.lives() > 0 && now.state() instanceof ProcessState.Down;
      if (!down) expected.all().add(new Expected.Coming(name, 1));
    }
    return Report.both(router, outcome(expected, true));
  }

  private Reply outcome(Expected expected, boolean await) {
    var report = new Report(roster, log, boot);
    expected.all().forEach(change -> report.add(change, await));
    return report.reply();
  }

  static Reply refused(List<Problem> problems) {
    var errors = problems.stream().filter(Problem::isError).toList();
    String why = errors.stream().map(Orders::text).collect(Collectors.joining("; "));
    String hint = errors.getFirst().hint();
    return new Reply.Refused(why, hint == null ? "" : hint);
  }

  private static String text(Problem problem) {
    if (problem.place().equals("jlocal")) return problem.what();
    String line = problem.line() == 0 ? "" : ":" + problem.line();
    return problem.place() + line + ": " + problem.what();
  }
}
