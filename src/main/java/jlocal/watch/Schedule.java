package jlocal.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which types are restarted, and when: 200 ms after the last event that concerns the type,
 * if a file has really changed, and not while a restart of the type is under way.
 *
 * <p>A process that writes a file which restarts it would do so for ever. That it is the process
 * and not a person is known when its writes follow the restarts: they come as long after each as
 * before, also when the restart itself was held back for some seconds without a write. Nobody saves
 * like that; a save during the test shows that it was a person. Then restarts come after growing
 * pauses; what was saved last is never lost.
 *
 * <p>It has no clock, thread or file. Times are in nanoseconds of one monotonic clock, files are
 * named by their paths from the root.
 */
final class Schedule {
  static final long QUIET = TimeUnit.MILLISECONDS.toNanos(200);
  static final long NEVER = Long.MAX_VALUE;

  /** Also when events go on and on, it is restarted so long after the first. */
  static final long LIMIT = TimeUnit.SECONDS.toNanos(5);

  /** A restart at the limit counts as so many more. */
  private static final int MORE = 4;

  private final Map<String, Target> targets = new LinkedHashMap<>();

  /** What is to be done now. */
  sealed interface Decision {
    /** Restart it; until {@link #finished} it is not restarted again. */
    record Restart(String type, SequencedSet<String> files) implements Decision {}

    /** Tell that it seems to write the file itself, and that restarts wait so long now. */
    record Pause(String type, String file, long nanos) implements Decision {}
  }

  /** There was an event of a file; it may be that nothing has changed in it. */
  void touched(String file, Collection<String> types, long now) {
    for (String type : types) targets.computeIfAbsent(type, Target::new).touched(file, now);
  }

  /** When {@link #due} is to be called; {@link #NEVER} before the next event. */
  long nextDue() {
    return targets.values().stream().mapToLong(Target::nextDue).min().orElse(NEVER);
  }

  /** Whether a restart is under way. */
  boolean isBusy() {
    return targets.values().stream().anyMatch(target -> target.busy);
  }

  /**
   * What is to be done at this time.
   *
   * @param isChanged whether a file differs from what it was when this was last asked for it
   */
  List<Decision> due(long now, Predicate<String> isChanged) {
    var decisions = new ArrayList<Decision>();
    for (Target target : targets.values()) {
      if (now < target.nextDue()) continue;
      check(target, isChanged);
      Decision decision = target.decide(now);
      if (decision != null) decisions.add(decision);
    }
    return decisions;
  }

  /** A file is looked at once, for all types that it concerns. */
  private void check(Target due, Predicate<String> isChanged) {
    for (String file : List.copyOf(due.touched)) {
      boolean changed = isChanged.test(file);
      for (Target target : targets.values()) {
        if (target.touched.remove(file) && changed) target.changed.add(file);
      }
    }
  }

  /** The restart of a type is over, however it ended. */
  void finished(String type) {
    Target target = targets.get(type);
    if (target != null) target.busy = false;
  }

  /** A type, and the events since its last restart. */
  private static final class Target {
    private final String type;
    private final Set<String> touched = new HashSet<>();
    private SequencedSet<String> changed = new LinkedHashSet<>();
    private long first = NEVER;
    private long last;
    private long due = NEVER;
    private boolean busy;

    /** Whether the next restart is held back by a test. */
    private boolean testing;

    private long restarted = NEVER;
    private Rounds rounds = Rounds.NONE;
    private boolean paused;

    Target(String type) {
      this.type = type;
    }

    void touched(String file, long now) {
      touched.add(file);
      if (first == NEVER) first = now;
      last = now;
      due = Math.min(now + QUIET, first + LIMIT);
    }

    long nextDue() {
      return busy ? NEVER : due;
    }

    @Nullable Decision decide(long now) {
      if (changed.isEmpty()) return nothing();
      Set<String> kinds = kinds();
      if (rounds.areOfProcess() && !rounds.isAbout(kinds)) {
        return restart(now, rounds.afterOthers());
      }
      long after = restarted == NEVER ? Rounds.UNKNOWN : first - restarted;
      Rounds next = rounds.next(kinds, after);
      if (next.areOfProcess()) {
        due = first + next.pause();
        return now < due ? pause() : restart(now, next.afterHold());
      }
      paused = false;
      if (!next.isTestDue()) {
        return restart(now, now < last + QUIET ? next.afterMany(MORE) : next);
      }
      if (!testing) {
        testing = true;
        due = last + next.test();
        return null;
      }
      return restart(now, now < last + next.test() ? next.afterWrite() : next.afterHold());
    }

    private @Nullable Decision pause() {
      if (paused) return null;
      paused = true;
      return new Decision.Pause(type, changed.getLast(), due - first);
    }

    private Decision restart(long now, Rounds after) {
      rounds = after;
      restarted = now;
      busy = true;
      var files = changed;
      changed = new LinkedHashSet<>();
      var _ = nothing();
      return new Decision.Restart(type, files);
    }

    private @Nullable Decision nothing() {
      first = NEVER;
      due = NEVER;
      testing = false;
      return null;
    }

    /** The folders and endings of the files; their names may be new each time. */
    private Set<String> kinds() {
      var all = new HashSet<String>();
      changed.forEach(file -> all.add(file.replaceFirst("[^/]*?(\\.[^./]*)?$", "*$1")));
      return all;
    }
  }
}
