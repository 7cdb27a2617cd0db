package jlocal.router;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one process type at one moment, and whose turn it is. Immutable and pure, so
 * that every rule of the rotation is a line in a table of tests.
 *
 * @param standings by index
 * @param up those that have their turn
 */
record Lineup(List<Standing> standings, List<Backend> up) {
  static final Lineup EMPTY = new Lineup(List.of());

  Lineup(List<Standing> standings) {
    this(standings, filter(standings));
  }

  private static List<Backend> filter(List<Standing> standings) {
    return standings.stream()
        .filter(standing -> standing.state() == BackendState.UP)
        .map(Standing::backend)
        .toList();
  }

  /** Only what a request by instance name may have. */
  Lineup only(Target target) {
    if (target.index() == 0) return this;
    return new Lineup(
        standings.stream().filter(each -> target.covers(each.backend().name())).toList());
  }

  /**
   * The strict round robin.
   *
   * @param turn counts the requests of this process type; any number
   */
  Choice choose(long turn, Asking asking, Patience patience) {
    Backend next = preferred(asking);
    if (next == null) next = next(turn, asking);
    if (next != null) return new Choice.Go(next);
    return up.isEmpty() ? noneUp(asking.waited(), patience) : allRefused(asking, patience);
  }

  private @Nullable Backend preferred(Asking asking) {
    if (asking.preferred() == null) return null;
    for (Backend each : up) {
      if (each.toString().equals(asking.preferred()) && !asking.wasRefusedBy(each)) return each;
    }
    return null;
  }

  private @Nullable Backend next(long turn, Asking asking) {
    int size = up.size();
    if (size == 0) return null;
    int start = (int) Math.floorMod(turn, (long) size);
    for (int i = 0; i < size; i++) {
      Backend each = up.get((start + i) % size);
      if (!asking.wasRefusedBy(each)) return each;
    }
    return null;
  }

  private Choice allRefused(Asking asking, Patience patience) {
    if (left(patience.boot(), asking.waited()) != null) return new Choice.Again();
    return new Choice.Refuse(Fault.H21, new Standing(up.getFirst(), BackendState.UP));
  }

  private Choice noneUp(Duration waited, Patience patience) {
    Standing coming = first(BackendState.STARTING, BackendState.LEAVING);
    if (coming != null) return coming(coming, waited, patience.boot());
    Standing back = first(BackendState.RESTARTING);
    Duration left = back == null ? null : left(patience.crash(), waited);
    if (left != null) return new Choice.Await(left);
    Standing crashed = back != null ? back : first(BackendState.CRASHED);
    return new Choice.Refuse(crashed == null ? Fault.H14 : Fault.H10, crashed);
  }

  private static Choice coming(Standing coming, Duration waited, Duration boot) {
    Duration left = left(boot, waited);
    if (left == null || coming.listensOn() != 0) return new Choice.Refuse(Fault.H20, coming);
    return new Choice.Await(left);
  }

  /** What is left of somebody's patience; null when it is over, and a day when it is endless. */
  private static @Nullable Duration left(Duration patience, Duration waited) {
    if (patience.isZero()) return Duration.ofDays(1);
    return waited.compareTo(patience) >= 0 ? null : patience.minus(waited);
  }

  private @Nullable Standing first(BackendState... wanted) {
    for (BackendState state : wanted) {
      for (Standing each : standings) {
        if (each.state() == state) return each;
      }
    }
    return null;
  }

  /** The same with one instance standing otherwise, added or gone. */
  Lineup with(Standing changed) {
    var next = new ArrayList<Standing>();
    for (Standing each : standings) {
      if (!each.backend().name().equals(changed.backend().name())) next.add(each);
    }
    if (changed.state() != BackendState.GONE) next.add(changed);
    next.sort((a, b) -> a.backend().name().compareTo(b.backend().name()));
    return new Lineup(List.copyOf(next));
  }
}
