package jlocal.router;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import jlocal.router.RouterConfig.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a process type at one moment, and the selection of a backend for a request.
 * Immutable and pure.
 *
 * @param statuses by index
 * @param up the backends that get requests
 */
record BackendSet(List<Status> statuses, List<Backend> up) {
  static final BackendSet EMPTY = new BackendSet(List.of());

  /** The delay after all backends that should be up have refused. */
  private static final Duration RETRY_DELAY = Duration.ofMillis(50);

  /**
   * A backend and its state.
   *
   * @param wrongPort the port it opened instead of its own; 0 for none
   */
  record Status(Backend backend, BackendState state, int wrongPort) {
    Status(Backend backend, BackendState state) {
      this(backend, state, 0);
    }

    static Status up(Backend backend) {
      return new Status(backend, BackendState.UP);
    }
  }

  /**
   * The target of a request.
   *
   * @param index of the instance; 0 for any of the type
   */
  record Target(ProcessType type, int index) {
    static final Target WEB = new Target(ProcessType.WEB, 0);

    boolean matches(InstanceName name) {
      return name.type().equals(type) && (index == 0 || index == name.index());
    }
  }

  /**
   * A request for a backend.
   *
   * @param preferred label of a sticky client's previous instance
   * @param excluded backends that refused a connection since the last wait
   * @param waited from the arrival of the request to the last wait
   */
  record Query(Target target, @Nullable String preferred, Set<Backend> excluded, Duration waited) {
    Query(Target target, @Nullable String preferred) {
      this(target, preferred, Set.of(), Duration.ZERO);
    }

    Query without(Backend refusing) {
      var more = new HashSet<>(excluded);
      more.add(refusing);
      return new Query(target, preferred, more, waited);
    }

    /** Returns the query after a wait: backends that refused may accept connections now. */
    Query after(Duration total) {
      return new Query(target, preferred, Set.of(), total);
    }
  }

  /** The decision about a request. */
  sealed interface Selection {
    record Use(Backend backend) implements Selection {}

    /** Wait for a change of the set, at most this long, then select again. */
    record Wait(Duration timeout) implements Selection {}

    /** Respond with an error; {@code about} is the instance that caused it, if any. */
    record Fail(RouterError error, @Nullable Status about) implements Selection {}
  }

  BackendSet(List<Status> statuses) {
    this(
        statuses,
        statuses.stream()
            .filter(status -> status.state() == BackendState.UP)
            .map(Status::backend)
            .toList());
  }

  /** Returns the subset that a target matches. */
  BackendSet matching(Target target) {
    if (target.index() == 0) return this;
    return new BackendSet(
        statuses.stream().filter(each -> target.matches(each.backend().name())).toList());
  }

  /**
   * Selects the preferred backend, else one by strict round robin.
   *
   * @param turn counts the requests of this process type; any number
   */
  Selection select(long turn, Query query, Timeouts timeouts) {
    for (Backend each : up) {
      boolean preferred = each.toString().equals(query.preferred());
      if (preferred && !query.excluded().contains(each)) return new Selection.Use(each);
    }
    for (int i = 0; i < up.size(); i++) {
      Backend next = up.get(Math.floorMod(turn + i, up.size()));
      if (!query.excluded().contains(next)) return new Selection.Use(next);
    }
    if (up.isEmpty()) return noneUp(query.waited(), timeouts);
    if (remaining(timeouts.boot(), query.waited()) != null) return new Selection.Wait(RETRY_DELAY);
    return new Selection.Fail(RouterError.H21, Status.up(up.getFirst()));
  }

  private Selection noneUp(Duration waited, Timeouts timeouts) {
    Status starting = first(BackendState.STARTING, BackendState.DRAINING);
    if (starting != null) {
      Duration left = remaining(timeouts.boot(), waited);
      if (left != null && starting.wrongPort() == 0) return new Selection.Wait(left);
      return new Selection.Fail(RouterError.H20, starting);
    }
    Status restarting = first(BackendState.RESTARTING);
    Duration left = restarting == null ? null : remaining(timeouts.crash(), waited);
    if (left != null) return new Selection.Wait(left);
    Status crashed = restarting != null ? restarting : first(BackendState.CRASHED);
    return new Selection.Fail(crashed == null ? RouterError.H14 : RouterError.H10, crashed);
  }

  /** Returns the rest of a timeout; null if it has expired, a day if there is none. */
  private static @Nullable Duration remaining(Duration timeout, Duration waited) {
    if (timeout.isZero()) return Duration.ofDays(1);
    return waited.compareTo(timeout) >= 0 ? null : timeout.minus(waited);
  }

  private @Nullable Status first(BackendState... states) {
    for (BackendState state : states) {
      for (Status each : statuses) {
        if (each.state() == state) return each;
      }
    }
    return null;
  }

  /** Returns the set with one status changed, added or removed. */
  BackendSet with(Status changed) {
    var next = new ArrayList<>(statuses);
    next.removeIf(each -> each.backend().name().equals(changed.backend().name()));
    if (changed.state() != BackendState.REMOVED) next.add(changed);
    next.sort((a, b) -> a.backend().name().compareTo(b.backend().name()));
    return new BackendSet(List.copyOf(next));
  }
}
