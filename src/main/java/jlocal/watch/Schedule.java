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
 * <p>A process that writes a file which restarts it would do so for ever. Restarts that follow each
 * other like that come after growing pauses: nothing is lost when it was a person after all.
 *
 * <p>It has no clock, thread or file. Times are in nanoseconds of one monotonic clock, files are
 * named by their paths from the root.
 */
final class Schedule {
  static final long QUIET = TimeUnit.MILLISECONDS.toNanos(200);
  static final long NEVER = Long.MAX_VALUE;

  /** So many restarts in a row are made at once although each may have caused the next. */
  static final int ROUNDS = 5;

  private static final long SOON = TimeUnit.SECONDS.toNanos(2);
  private static final long REGULAR = TimeUnit.SECONDS.toNanos(60);
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(10);
  private static final int DOUBLINGS = 6;

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

    /** Restarts in a row that may each have caused the next. */
    private int rounds;

    private boolean paused;
    private long restarted = NEVER;
    private long delay;
    private Set<String> folders = Set.of();

    Target(String type) {
      this.type = type;
    }

    void touched(String file, long now) {
      touched.add(file);
      if (first == NEVER) first = now;
      last = now;
      due = now + QUIET;
    }

    long nextDue() {
      return busy ? NEVER : due;
    }

    @Nullable Decision decide(long now) {
      if (changed.isEmpty()) return nothing();
      int round = isRound() ? rounds + 1 : 0;
      long pause = pause(round);
      if (now < last + pause) {
        due = last + pause;
        if (paused) return null;
        paused = true;
        return new Decision.Pause(type, changed.getLast(), pause);
      }
      if (round == 0) paused = false;
      rounds = round;
      delay = first - restarted;
      restarted = now;
      folders = folders();
      busy = true;
      var files = changed;
      changed = new LinkedHashSet<>();
      nothing();
      return new Decision.Restart(type, files);
    }

    private @Nullable Decision nothing() {
      first = NEVER;
      due = NEVER;
      return null;
    }

    /** Whether the last restart may have caused this one: at once, or as long after as before. */
    private boolean isRound() {
      if (restarted == NEVER || !folders.containsAll(folders())) return false;
      long after = first - restarted;
      return after < SOON || (after < REGULAR && Math.abs(after - delay) < delay / 5);
    }

    private static long pause(int round) {
      return round < ROUNDS ? QUIET : FIRST_PAUSE << Math.min(round - ROUNDS, DOUBLINGS);
    }

    private Set<String> folders() {
      var all = new HashSet<String>();
      changed.forEach(file -> all.add(file.substring(0, file.lastIndexOf('/') + 1)));
      return all;
    }
  }
}
