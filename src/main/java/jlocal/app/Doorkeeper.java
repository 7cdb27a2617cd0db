package jlocal.app;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import jlocal.control.Reply;
import jlocal.formation.Formation;
import jlocal.plan.Planner;
import jlocal.plan.RouterChoice;
import jlocal.plan.RouterPlan;
import jlocal.procfile.ProcessType;
import jlocal.router.Router;
import org.jspecify.annotations.Nullable;

/**
 * Opens the app's router: at its start, or, when there was no web then, as soon as there is one.
 * Any thread.
 */
final class Doorkeeper implements AutoCloseable {
  private final AppLog log;
  private final RouterFeed feed;
  private final @Nullable Planner later;
  private volatile @Nullable FrontDoor door;
  private final CompletableFuture<Reply> opened = new CompletableFuture<>();
  private @Nullable Router router;
  private boolean closed;

  Doorkeeper(AppPlan plan, AppLog log, RouterFeed feed) {
    this.log = log;
    this.feed = feed;
    RouterPlan first = plan.router();
    ControlPlan control = plan.control();
    door = first == null ? null : new FrontDoor(first, plan.formation(), log);
    later = control == null || first != null ? null : control.planner();
  }

  /** Says where it will be, if it is certain before it is open. */
  void sayAddress() {
    FrontDoor first = door;
    if (first != null) first.sayAddress();
  }

  /** Opens it, if there is to be one from the start. */
  synchronized void open() {
    FrontDoor first = door;
    if (first != null && !closed) open(first);
    opened.complete(first == null ? new Reply.Done(List.of()) : first.state());
  }

  /** Waits until it listens, on all of its ports; its addresses, or why it does not. */
  Reply awaitOpen() {
    return opened.join();
  }

  private void open(FrontDoor itsDoor) {
    Router opened = itsDoor.open(System.getenv());
    router = opened;
    if (opened != null) feed.attach(opened);
  }

  /**
   * Opens it for a web that was not there at the start.
   *
   * @return its address; empty when that is known already, or there is to be none
   */
  synchronized String openFor(Formation now) {
    if (now.of(ProcessType.WEB).isEmpty() || closed) return "";
    FrontDoor first = door;
    if (first != null) return router == null ? "" : first.sayLateWeb();
    if (later == null) return "";
    RouterChoice choice = later.lateRouter(now);
    choice.notes().forEach(log::say);
    choice.problems().forEach(problem -> log.say(problem.what()));
    RouterPlan chosen = choice.plan();
    if (chosen == null) return "";
    var late = new FrontDoor(chosen, now, log);
    open(late);
    if (router == null) return "";
    if (chosen.hasFixedPorts()) late.sayAddress();
    door = late;
    return late.url();
  }

  /** The app's address; empty as long as it is not known. */
  String url() {
    FrontDoor known = door;
    return known == null ? "" : known.url();
  }

  @Override
  public synchronized void close() {
    closed = true;
    opened.complete(new Reply.Done(List.of()));
    if (router != null) router.close();
  }
}
