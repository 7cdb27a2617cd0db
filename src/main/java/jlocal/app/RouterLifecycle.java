package jlocal.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import jlocal.control.Reply;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.plan.Planner;
import jlocal.plan.RouterChoice;
import jlocal.plan.RouterPlan;
import jlocal.process.InstanceSnapshot;
import jlocal.process.InstanceSnapshots;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessEvent.Restarting;
import jlocal.process.ProcessManager;
import jlocal.process.ProcessManager.DrainHook;
import jlocal.process.ProcessState;
import jlocal.procfile.ProcessType;
import jlocal.router.BackendState;
import jlocal.router.Router;
import jlocal.router.Traffic;
import jlocal.tls.CertificateAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Opens the app's router at the start, or later with its first web; announces its addresses and
 * reports the states of instances to it. Any thread.
 */
final class RouterLifecycle implements ProcessEvent.Listener, AutoCloseable {
  private final AppLog log;
  private final InstanceSnapshots snapshots;
  private final SleepControl asleep;
  private final Planner planner;
  private final CompletableFuture<Reply> opened = new CompletableFuture<>();

  /** Held during updates of the router; never while it is opened. */
  private final Object feed = new Object();

  private final List<String> failures = new ArrayList<>();
  private Formation formation;
  private @Nullable RouterPlan plan;
  private volatile @Nullable Router router;
  private volatile int httpPort;
  private int httpsPort = RouterPlan.NO_HTTPS;
  private boolean closed;
  private boolean conflictSaid;
  private String announcement = "";
  private volatile String url = "";
  private final CompletableFuture<Router> whenOpen = new CompletableFuture<>();

  RouterLifecycle(AppPlan app, AppLog log, ProcessManager manager) {
    this.log = log;
    snapshots = manager.snapshots();
    asleep = new SleepControl(manager, log::say, this::refresh);
    plan = app.plan().router();
    formation = app.formation();
    planner = app.planner();
  }

  /** Announces its addresses, if they are certain before it listens. */
  synchronized void announceEarly() {
    if (plan != null && plan.hasFixedPorts()) announce(plan, plan.port(), plan.httpsPort());
  }

  /** Opens it, if it is needed from the start. */
  synchronized void open() {
    if (plan != null && !closed) open(plan);
    boolean failed = !failures.isEmpty();
    List<String> addresses = announcement.isEmpty() ? List.of() : List.of(announcement);
    opened.complete(
        failed ? new Reply.Failed(List.of(), failures, false) : new Reply.Done(addresses));
  }

  /** Waits until it listens on all its ports; returns its addresses, or why it does not listen. */
  Reply awaitOpen() {
    return opened.join();
  }

  /**
   * Opens it for a web added after the start.
   *
   * @return its address; empty if it is already known, or there is no router
   */
  synchronized String openFor(Formation now) {
    if (now.of(ProcessType.WEB).isEmpty() || closed) return "";
    if (plan != null) return announceWeb(plan, now);
    RouterChoice choice = planner.lateRouter(now);
    choice.notes().forEach(log::say);
    choice.problems().forEach(problem -> log.say(problem.what()));
    RouterPlan chosen = choice.plan();
    if (chosen == null) return "";
    formation = now;
    open(chosen);
    if (router == null) return "";
    if (chosen.hasFixedPorts()) announce(chosen, chosen.port(), chosen.httpsPort());
    plan = chosen;
    return url;
  }

  private void open(RouterPlan wanted) {
    try {
      Router open = Router.open(wanted.config(), log::sayOfRequest, log::lastInColor);
      int https = wanted.hasHttps() ? secure(open, wanted) : wanted.httpsPort();
      if (!wanted.hasFixedPorts()) announce(wanted, open.port(), https);
      feed(open);
    } catch (IOException e) {
      failed("the router could not listen on port " + wanted.port() + ": " + e.getMessage());
    }
  }

  /** Listens for HTTPS; plain HTTP continues if this fails. */
  private int secure(Router open, RouterPlan wanted) {
    try {
      var certificates = CertificateAuthority.of(System.getenv()).serverContext();
      return open.openHttps(wanted.httpsPort(), certificates);
    } catch (IOException e) {
      failed("the router could not listen for HTTPS: " + e.getMessage());
      return RouterPlan.NO_HTTPS;
    }
  }

  private void failed(String sentence) {
    failures.add(sentence);
    log.say(sentence);
  }

  /** Returns the app's address; empty until it is known. */
  String url() {
    return url;
  }

  /** Returns the address of a type that listens on a port. */
  String url(ProcessType type, int port) {
    if (router == null) return "http://localhost:" + port;
    if (type.equals(ProcessType.WEB)) return url;
    return "http://" + type.name().toLowerCase(Locale.ROOT) + ".localhost:" + httpPort;
  }

  private void announce(RouterPlan wanted, int http, int https) {
    httpPort = http;
    httpsPort = https;
    if (!formation.of(ProcessType.WEB).isEmpty()) {
      url = wanted.url("http", http);
      announcement = "web is on " + wanted.addresses(http, https);
    } else {
      String type = formation.specs().firstEntry().getKey().type().name().toLowerCase(Locale.ROOT);
      url = "http://" + type + ".localhost:" + http;
      announcement = type + " is on " + url + ", other types likewise";
    }
    log.say(announcement);
  }

  /** Announces the address for web and returns it; empty if it was announced before. */
  private String announceWeb(RouterPlan open, Formation now) {
    if (router == null || url.equals(open.url("http", httpPort))) return "";
    formation = now;
    announce(open, httpPort, httpsPort);
    return url;
  }

  /** Returns the sleep state of the app. */
  SleepControl asleep() {
    return asleep;
  }

  /** Returns the router's traffic; a start by order counts as a request. */
  Traffic traffic() {
    Router open = router;
    Traffic now = open == null ? Traffic.NONE : open.traffic();
    return new Traffic(now.requests() + asleep.starts(), now.open());
  }

  /**
   * Updates the router for instances that may have slept, so that requests do not wait for them.
   */
  private void refresh(Collection<InstanceName> names) {
    synchronized (feed) {
      Router open = router;
      if (open != null) names.forEach(name -> tell(open, snapshots.of(name)));
    }
  }

  /** Completes when the router is open. */
  CompletableFuture<Router> whenOpen() {
    return whenOpen;
  }

  /** Starts to update the router with the states of instances. */
  private void feed(Router open) {
    synchronized (feed) {
      router = open;
      open.onWait(asleep::wake);
      whenOpen.complete(open);
      snapshots.all().forEach(now -> tell(open, now));
    }
  }

  @Override
  public void onEvent(ProcessEvent event) {
    synchronized (feed) {
      Router open = router;
      if (open != null) onEvent(event, open);
    }
    if (event instanceof ProcessEvent.PortFound found) log.say(sentence(found));
    boolean isConflict = event instanceof ProcessEvent.PortFound || event instanceof Restarting;
    if (isConflict && event.name().type().equals(ProcessType.WEB)) sayConflict();
  }

  private void onEvent(ProcessEvent event, Router open) {
    if (event instanceof ProcessEvent.Changed || event instanceof ProcessEvent.PortFound) {
      tell(open, snapshots.of(event.name()));
    }
    if (event instanceof ProcessEvent.NotListening(var name, var port, var others)
        && !others.isEmpty()) {
      open.setWrongPort(name, port, others.first());
    }
  }

  private String sentence(ProcessEvent.PortFound found) {
    boolean isOwn = found.opened() == found.port();
    String where = found.name() + " listens on port " + found.opened();
    String instead = isOwn ? ", its PORT" : " instead of its PORT " + found.port();
    String then =
        router != null ? ": the router uses that port" : isOwn ? "" : "; let its command use $PORT";
    return where + instead + then;
  }

  /** Reports a port fixed by a command: only one process can open it, and the others crash. */
  private void sayConflict() {
    InstanceSnapshot holder = null;
    InstanceSnapshot crashed = null;
    for (InstanceSnapshot each : snapshots.all()) {
      if (!each.name().type().equals(ProcessType.WEB)) continue;
      if (each.servedPort() != each.port()) holder = each;
      else if (each.failure() instanceof ProcessEvent.Exited) crashed = each;
    }
    if (holder == null || crashed == null || conflictSaid) return;
    conflictSaid = true;
    log.say(
        "%s may have crashed because %s has opened port %d already: let the command of web use $PORT, or run one web"
            .formatted(crashed.name(), holder.name(), holder.servedPort()));
  }

  private void tell(Router open, InstanceSnapshot now) {
    open.setBackend(now.name(), now.servedPort(), backendState(now));
  }

  /**
   * Returns the router's state. For types other than web, the first request shows whether they
   * listen.
   */
  private BackendState backendState(InstanceSnapshot now) {
    boolean isWeb = now.name().type().equals(ProcessType.WEB);
    return switch (now.state()) {
      case ProcessState.Waiting _, ProcessState.Spawning _ -> BackendState.STARTING;
      case ProcessState.Starting _ -> isWeb ? BackendState.STARTING : BackendState.UP;
      case ProcessState.Up _ -> BackendState.UP;
      case ProcessState.Stopping _ -> BackendState.DRAINING;
      case ProcessState.LeaderExited(_, var status, _) ->
          status.isClean() ? BackendState.CRASHED : BackendState.RESTARTING;
      case ProcessState.Backoff _ -> BackendState.RESTARTING;
      case ProcessState.Ended _ -> BackendState.CRASHED;
      case ProcessState.Down _ ->
          asleep.has(now.name()) ? BackendState.STARTING : BackendState.REMOVED;
    };
  }

  /** Completes when the instance has finished its requests. */
  CompletionStage<Void> drain(InstanceName name) {
    Router open = router;
    if (open == null || !name.type().equals(ProcessType.WEB)) return DrainHook.DRAINED;
    return open.drained(name);
  }

  /** Ends the wait of {@link #close} for responses of other apps. */
  void cut() {
    Router open = router;
    if (open != null) open.cut();
  }

  @Override
  public synchronized void close() {
    closed = true;
    opened.complete(new Reply.Done(List.of()));
    Router open = router;
    if (open != null) open.close();
  }
}
