package jlocal.app;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CompletionStage;
import jlocal.formation.AppDefinition;
import jlocal.formation.InstanceName;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.process.Order;
import jlocal.process.ProcessManager;
import jlocal.process.ProcessState;
import jlocal.procfile.ProcessType;

/**
 * Decides what a person's order means for which instances, and gives it on. One order is decided
 * after the other; what comes of them is waited for elsewhere ({@link Orders}).
 */
final class Steering {
  private final ProcessManager manager;
  private final Roster roster;
  private final ControlPlan plan;
  private final Object reloading = new Object();
  private Course course;

  Steering(ProcessManager manager, Roster roster, ControlPlan plan) {
    this.manager = manager;
    this.roster = roster;
    this.plan = plan;
    var counts = plan.scale().over(plan.blueprint().procfile());
    course = Course.of(plan.blueprint(), counts).value();
  }

  synchronized Course course() {
    return course;
  }

  /** The instances these words mean; all for none. */
  synchronized Reading<SequencedSet<InstanceName>> named(List<String> words) {
    return Named.instances(words, course.formation(), course.blueprint());
  }

  /**
   * Changes the counts, and starts what belongs to the types that are named and does not run.
   *
   * @return what has to be waited for
   */
  synchronized Reading<Expected> scale(List<String> changes) {
    Reading<Course> next = course.scaled(changes);
    if (next.hasErrors()) return failed(next.problems());
    var named = new LinkedHashSet<String>();
    changes.forEach(change -> named.add(change.replaceFirst("[=+-][0-9]+$", "")));
    var wanted = new LinkedHashSet<InstanceName>();
    for (InstanceName name : next.value().formation().specs().keySet()) {
      boolean up = roster.of(name).state() instanceof ProcessState.Up;
      if (named.contains(name.type().name()) && !up) wanted.add(name);
    }
    return follow(next.value(), wanted);
  }

  /** Reads the app's files again, and applies what has changed in them. */
  Reading<Expected> reload() {
    // One reload at a time; no other order waits while a file is read that is a slow pipe.
    synchronized (reloading) {
      return apply(plan.planner().reread());
    }
  }

  private synchronized Reading<Expected> apply(Reading<AppDefinition> read) {
    var standard = plan.scale().over(read.value().procfile());
    Reading<Course> next = course.revised(read, standard);
    if (next.hasErrors()) return failed(next.problems());
    var revision = Revision.between(course.formation(), next.value().formation());
    var wanted = new LinkedHashSet<>(revision.added());
    revision.changed().stream().filter(name -> !isStopped(name)).forEach(wanted::add);
    var expected = new Expected(new ArrayList<>());
    wanted.forEach(name -> expected.restart(name, roster.of(name)));
    Reading<Expected> followed = follow(next.value(), new LinkedHashSet<>());
    if (followed.hasErrors()) return followed;
    followed.value().all().forEach(expected.all()::add);
    return Reading.of(expected);
  }

  private boolean isStopped(InstanceName name) {
    return roster.of(name).state() instanceof ProcessState.Down;
  }

  private Reading<Expected> follow(Course next, SequencedSet<InstanceName> wanted) {
    var revision = Revision.between(course.formation(), next.formation());
    List<Problem> busy = plan.planner().reserve(next.formation(), startable(revision.added()));
    if (!busy.isEmpty()) return failed(busy);
    var expected = new Expected(new ArrayList<>());
    wanted.forEach(name -> expected.start(name, roster.of(name)));
    revision.removed().forEach(expected::stop);
    course = next;
    manager.apply(next.formation());
    wanted.forEach(name -> manager.order(name, Order.START));
    return Reading.of(expected);
  }

  /** Those that have no process any more. */
  private List<InstanceName> startable(List<InstanceName> added) {
    return added.stream().filter(name -> !roster.of(name).state().isAlive()).toList();
  }

  private static Reading<Expected> failed(List<Problem> problems) {
    return new Reading<>(new Expected(List.of()), problems);
  }

  /** Completes when all that has happened to processes until now has had its consequences. */
  CompletionStage<Void> caughtUp() {
    return manager.caughtUp();
  }

  /** Gives an order to instances. */
  Expected order(Iterable<InstanceName> names, Order order) {
    var expected = new Expected(new ArrayList<>());
    for (InstanceName name : names) {
      switch (order) {
        case START -> expected.start(name, roster.of(name));
        case RESTART -> expected.restart(name, roster.of(name));
        case STOP, KILL -> expected.stop(name);
      }
      manager.order(name, order);
    }
    return expected;
  }

  /** The words of {@code start}: a type that has no instance gets one, {@code TYPE=N} so many. */
  synchronized List<String> changes(List<String> words) {
    var changes = new ArrayList<String>();
    for (String word : words) {
      boolean none =
          ProcessType.isName(word)
              && course.blueprint().procfile().entries().containsKey(new ProcessType(word))
              && course.formation().of(new ProcessType(word)).isEmpty();
      if (none) changes.add(word + "=1");
      else if (word.contains("=")) changes.add(word);
    }
    return changes;
  }
}
