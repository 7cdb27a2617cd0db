package jlocal.router;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request's search for an instance that takes it, however long that may be worth waiting for. */
final class Search implements BackendTable.Waiter, BackendPool.Borrower {
  /** Who wants an instance; told once, and again only after {@link #anew}. */
  interface Seeker {
    void found(BackendConnection connection);

    void nobody(Fault fault, @Nullable Standing about);
  }

  private enum State {
    CHOOSING,
    WAITING,
    CONNECTING,
    OVER
  }

  private static final Duration MOMENT = Duration.ofMillis(50);

  private final RouterContext context;
  private final Lane lane;
  private final Asking asking;
  private final Journey journey;
  private final Seeker seeker;
  private State state = State.CHOOSING;
  private Duration waitsAtMost = Duration.ZERO;
  private long since;
  private boolean careful;
  private boolean fresh;
  private @Nullable Backend backend;

  Search(RouterContext context, Lane lane, Asking asking, Journey journey, Seeker seeker) {
    this.context = context;
    this.lane = lane;
    this.asking = asking;
    this.journey = journey;
    this.seeker = seeker;
  }

  /**
   * Begins.
   *
   * @param onlyOnce whether the request could not be sent again
   */
  void start(boolean onlyOnce) {
    careful = onlyOnce;
    choose();
  }

  /** The instance that has the request, or is asked to take it; null when there is none. */
  @Nullable Backend backend() {
    return backend;
  }

  private void to(State next) {
    state = next;
    since = lane.now();
  }

  private void choose() {
    to(State.CHOOSING);
    Lineup seen = context.table().lineup(asking.target().type());
    switch (context.table().choose(asking)) {
      case Choice.Go(Backend chosen) -> {
        enter(chosen);
        if (fresh) lane.pool(chosen).lendNew(this);
        else lane.pool(chosen).lend(this, careful);
      }
      case Choice.Await(Duration atMost) -> await(seen, atMost);
      case Choice.Again() -> {
        to(State.WAITING);
        waitsAtMost = Duration.ofDays(1);
        lane.after(MOMENT, this::awake);
      }
      case Choice.Refuse(Fault fault, Standing about) -> nobody(fault, about);
    }
  }

  private void await(Lineup seen, Duration atMost) {
    to(State.WAITING);
    waitsAtMost = atMost;
    if (!context.table().await(this, seen, asking.target().type())) nobody(Fault.H11, null);
  }

  private void nobody(Fault fault, @Nullable Standing about) {
    to(State.OVER);
    seeker.nobody(fault, about);
  }

  @Override
  public void changed() {
    lane.run(this::awake);
  }

  private void awake() {
    if (state != State.WAITING) return;
    context.table().forget(this);
    asking.again(Duration.ofNanos(System.nanoTime() - journey.arrived()));
    choose();
  }

  private void enter(Backend chosen) {
    to(State.CONNECTING);
    backend = chosen;
    chosen.enter();
    journey.connecting(chosen);
  }

  /**
   * Asks another instance, or the only one, for a connection that nothing was sent on before: one
   * that dies may take connections for a moment longer.
   */
  void anew() {
    if (backend == null) return;
    Lineup lineup = context.table().lineup(asking.target().type()).only(asking.target());
    if (lineup.up().size() > 1) asking.refusedBy(backend);
    leave();
    fresh = true;
    choose();
  }

  @Override
  public boolean waits() {
    return state == State.CONNECTING;
  }

  @Override
  public void unreachable(Backend refusing) {
    leave();
    asking.refusedBy(refusing);
    choose();
  }

  @Override
  public void lent(BackendConnection connection) {
    to(State.OVER);
    journey.connected();
    seeker.found(connection);
  }

  /** Looks whether it takes too long. */
  void check(long now) {
    Duration connect = context.options().patience().connect();
    if (state == State.WAITING && now - since > waitsAtMost.toNanos()) {
      awake();
    } else if (state == State.CONNECTING && backend != null && !connect.isZero()) {
      if (now - since > connect.toNanos())
        nobody(Fault.H19, new Standing(backend, BackendState.UP));
    }
  }

  /** The request is over: it wants nothing any more, and leaves its instance. */
  void end() {
    if (state == State.WAITING) context.table().forget(this);
    to(State.OVER);
    leave();
  }

  private void leave() {
    if (backend != null) backend.leave();
    backend = null;
  }
}
