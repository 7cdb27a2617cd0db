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
 * if a file has really changed, and not during another restart of the type.
 *
 * <p>A process that writes a watched file would restart itself forever. Its writes follow its
 * restarts: they come at the same time after each of them, even if a restart is held back for some
 * seconds. A user's saves do not, and a save during such a test shows that it was the user. If the
 * process writes the files, restarts wait with growing pauses; the last save is never lost.
 *
 * <p>Uses no clock, thread or file. Times are in nanoseconds of one monotonic clock; files are
 * paths relative to the root.
 */
final class RestartSchedule {
  static final long QUIET = TimeUnit.MILLISECONDS.toNanos(200);
  static final long NEVER = Long.MAX_VALUE;

  /** The maximum delay after the first event, even if events continue. */
  static final long MAX_DELAY = TimeUnit.SECONDS.toNanos(5);

  /** A restart at the limit counts as this many more. */
  private static final int LIMIT_COUNT = 4;

  private final Map<String, Target> targets = new LinkedHashMap<>();

  /** An action to take. */
  sealed interface Decision {
    /** Restart the type; it is not restarted again before {@link #finished}. */
    record Restart(String type, SequencedSet<String> files) implements Decision {}

    /**
     * Tell the user that the type seems to write the file itself, and that its restarts now wait.
     */
    record Pause(String type, String file, long nanos) implements Decision {}
  }

  /** Records an event of a file, which may not have changed. */
  void touched(String file, Collection<String> types, long now) {
    for (String type : types) targets.computeIfAbsent(type, Target::new).touched(file, now);
  }

  /** When to call {@link #due}; {@link #NEVER} if no event is pending. */
  long nextDue() {
    return targets.values().stream().mapToLong(Target::nextDue).min().orElse(NEVER);
  }

  /** Whether a restart is in progress. */
  boolean isBusy() {
    return targets.values().stream().anyMatch(target -> target.busy);
  }

  /**
   * Returns the actions that are due.
   *
   * @param isChanged whether a file has changed since the last call for it
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

  /** Checks each file once, for all types that it concerns. */
  private void check(Target due, Predicate<String> isChanged) {
    for (String file : List.copyOf(due.touched)) {
      boolean changed = isChanged.test(file);
      for (Target target : targets.values()) {
        if (target.touched.remove(file) && changed) target.changed.add(file);
      }
    }
  }

  /** Ends the restart of a type, whatever its result. */
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

    /** Whether the next restart is held back as a test. */
    private boolean testing;

    private long restarted = NEVER;
    private RestartSeries series = RestartSeries.NONE;
    private boolean paused;

    Target(String type) {
      this.type = type;
    }

    void touched(String file, long now) {
      touched.add(file);
      if (first == NEVER) first = now;
      last = now;
      due = Math.min(now + QUIET, first + MAX_DELAY);
    }

    long nextDue() {
      return busy ? NEVER : due;
    }

    @Nullable Decision decide(long now) {
      if (changed.isEmpty()) return reset();
      Set<String> kinds = kinds();
      if (series.isCausedByProcess() && !series.concerns(kinds)) {
        return restart(now, series.afterOthers());
      }
      long after = restarted == NEVER ? RestartSeries.UNKNOWN : first - restarted;
      RestartSeries next = series.next(kinds, after);
      if (next.isCausedByProcess()) {
        due = first + next.pause();
        return now < due ? pause() : restart(now, next.afterHold());
      }
      paused = false;
      if (!next.isTestDue()) {
        return restart(now, now < last + QUIET ? next.afterMany(LIMIT_COUNT) : next);
      }
      if (!testing) {
        testing = true;
        due = last + next.testDelay();
        return null;
      }
      return restart(now, now < last + next.testDelay() ? next.afterWrite() : next.afterHold());
    }

    private @Nullable Decision pause() {
      if (paused) return null;
      paused = true;
      return new Decision.Pause(type, changed.getLast(), due - first);
    }

    private Decision restart(long now, RestartSeries after) {
      series = after;
      restarted = now;
      busy = true;
      var files = changed;
      changed = new LinkedHashSet<>();
      var _ = reset();
      return new Decision.Restart(type, files);
    }

    private @Nullable Decision reset() {
      first = NEVER;
      due = NEVER;
      testing = false;
      return null;
    }

    /** Returns the folders and extensions of the files, whose names may differ each time. */
    private Set<String> kinds() {
      var all = new HashSet<String>();
      changed.forEach(file -> all.add(file.replaceFirst("[^/]*?(\\.[^./]*)?$", "*$1")));
      return all;
    }
  }
}
