package jlocal.app;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jlocal.control.AppInfo;
import jlocal.control.AppKey;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.control.RequestHandler;
import jlocal.json.JsonFields;
import jlocal.json.JsonFields.Malformed;
import jlocal.problem.UserError;
import jlocal.process.InstanceSnapshots;
import jlocal.process.ProcessManager;
import jlocal.router.HandledRequest;

/** Handles the requests of other terminals. */
final class CommandHandler implements RequestHandler {
  private final long startedAt = System.currentTimeMillis();
  private final AppKey key;
  private final ProcessManager manager;
  private final Orders orders;
  private final RouterLifecycle router;
  private final Shutdown shutdown;
  private final StatusView status;
  private final InstanceWait waits;
  private final LogStreams logs;
  private final TerminalStreams terminals;
  private volatile String name = "";
  private final Map<String, Command> commands;

  CommandHandler(
      AppPlan app, ProcessManager manager, RouterLifecycle router, Shutdown shutdown, AppLog log) {
    key = app.planner().request().app().key();
    this.manager = manager;
    this.router = router;
    this.shutdown = shutdown;
    orders = new Orders(app, manager, router, log);
    logs = new LogStreams(orders, log);
    terminals = new TerminalStreams(orders, manager, app.processes().launch().terminal());
    status = new StatusView(manager.snapshots(), router, log.failures());
    waits = new InstanceWait(orders, manager.snapshots(), log);
    commands = new ConcurrentHashMap<>(commands());
  }

  Orders orders() {
    return orders;
  }

  /** Adds an address of the app for clients. */
  void alsoAt(String address) {
    name = address;
  }

  /** Handles one command. */
  interface Command {
    /** Returns the reply, or throws why nothing was done. */
    Reply answer(JsonFields arguments) throws UserError;
  }

  /** Adds a command. */
  void add(String name, Command command) {
    commands.put(name, command);
  }

  /** Returns all commands; docs/control.md has their arguments. */
  private Map<String, Command> commands() {
    return Map.ofEntries(
        entry("info", _ -> new Reply.Info(info())),
        entry("ps", this::ps),
        entry("scale", it -> scale(it.texts("changes"), it.flag("await"))),
        entry("start", it -> orders.start(it.texts("names"), it.flag("await"))),
        entry("restart", it -> restart(it)),
        entry("sleep", _ -> router.asleep().sleep(orders.desired().formation(), router::traffic)),
        entry("stop", it -> stop(it.texts("names"))),
        entry("reload", it -> orders.reload(it.flag("await"))),
        entry("await", _ -> await()),
        entry("wait", this::waitFor),
        entry("connect", terminals::answer),
        entry("logs", logs::answer),
        entry("requests", _ -> requests()));
  }

  @Override
  public Reply answer(Request request) {
    Command command = commands.get(request.command());
    if (command == null) {
      throw new Malformed("this version of jlocal does not know the request");
    }
    try {
      return command.answer(request.arguments());
    } catch (UserError e) {
      return OrderReport.refused(e.problems());
    }
  }

  private Reply requests() {
    if (!router.whenOpen().isDone()) {
      return new Reply.Refused("the router is not open, so there are no requests", "");
    }
    List<HandledRequest> all = router.whenOpen().join().recent().all();
    return new Reply.Requests(all.stream().map(HandledRequest::summary).toList());
  }

  private Reply scale(List<String> changes, boolean await) throws UserError {
    return changes.isEmpty()
        ? new Reply.Counts(orders.desired().instances())
        : orders.scale(changes, await);
  }

  private Reply ps(JsonFields it) {
    boolean withDetails = it.has("details") && it.flag("details");
    return new Reply.Instances(status.of(orders.desired().formation(), withDetails));
  }

  private Reply restart(JsonFields it) throws UserError {
    if (it.has("kill") && it.flag("kill")) return orders.kill(it.texts("names"));
    boolean dependents = it.has("dependents") && it.flag("dependents");
    return orders.restart(it.texts("names"), dependents, it.flag("await"));
  }

  private Reply waitFor(JsonFields it) throws UserError {
    Duration limit = Duration.ofMillis(it.whole("limit"));
    Reply reply = waits.await(it.texts("names"), it.text("for"), limit);
    if (!(reply instanceof Reply.Failed) || !shutdown.isUnderWay()) return reply;
    int _ = shutdown.await();
    var ended = List.of("the app has ended");
    return it.text("for").equals("ready")
        ? new Reply.Failed(List.of(), ended, true)
        : new Reply.Done(ended);
  }

  private Reply stop(List<String> names) throws UserError {
    if (!names.isEmpty()) return orders.stop(names);
    shutdown.ask(new ShutdownState.Request.StopCommand());
    return ended();
  }

  /** Ends the log streams of clients, after what is queued for them. */
  void close() {
    logs.close();
  }

  private AppInfo info() {
    var names = orders.desired().formation().specs().keySet();
    InstanceSnapshots snapshots = manager.snapshots();
    long up = names.stream().filter(name -> StartOutcome.isUp(snapshots.of(name))).count();
    return new AppInfo(
        ProcessHandle.current().pid(),
        key.root(),
        key.procfile(),
        url(),
        name,
        startedAt,
        (int) up,
        names.size());
  }

  private String url() {
    String address = router.url();
    var specs = orders.desired().formation().specs();
    if (!address.isEmpty() || specs.isEmpty()) return address;
    int opened = manager.snapshots().of(specs.firstEntry().getKey()).listensOn();
    int port = opened == 0 ? specs.firstEntry().getValue().port() : opened;
    return "http://localhost:" + port;
  }

  /** Waits until all instances are up, or the app ends because nothing is left to run. */
  private Reply await() {
    Reply reply = orders.await();
    if (!(reply instanceof Reply.Done)) return reply;
    manager.caughtUp().toCompletableFuture().join(); // Then the effect of the last exit is known.
    if (!shutdown.isUnderWay()) return reply;
    int _ = shutdown.await();
    return new Reply.Refused("the app has ended", "");
  }

  @Override
  public Reply ended() {
    List<String> left = shutdown.survivors();
    var ended = List.of("the app has ended");
    return left.isEmpty() ? new Reply.Done(ended) : new Reply.Failed(ended, left, true);
  }
}
