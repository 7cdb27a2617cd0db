package jlocal.app;

import java.util.List;
import jlocal.control.AppInfo;
import jlocal.control.AppKey;
import jlocal.control.Caller;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.control.RequestHandler;
import jlocal.process.InstanceSnapshots;
import jlocal.process.ProcessManager;

/** Carries out the requests of other terminals. */
final class CommandHandler implements RequestHandler {
  private final long startedAt = System.currentTimeMillis();
  private final AppKey key;
  private final ProcessManager manager;
  private final Orders orders;
  private final RouterLifecycle router;
  private final Shutdown shutdown;
  private final StatusView status;
  private final LogStreams logs;
  private final TerminalStreams terminals;

  CommandHandler(
      AppKey key,
      ProcessManager manager,
      RouterLifecycle router,
      Shutdown shutdown,
      Streams streams) {
    this.key = key;
    this.manager = manager;
    this.router = router;
    this.shutdown = shutdown;
    orders = streams.orders();
    logs = streams.logs();
    terminals = streams.terminals();
    status = new StatusView(manager.snapshots());
  }

  /** What carries out orders, and what is streamed to clients. */
  record Streams(Orders orders, LogStreams logs, TerminalStreams terminals) {}

  @Override
  public Reply answer(Request request) {
    return switch (request) {
      case Request.Info _ -> new Reply.Info(info());
      case Request.Ps _ -> new Reply.Instances(status.of(orders.desired().formation()));
      case Request.Scale(var changes, _) when changes.isEmpty() ->
          new Reply.Counts(orders.desired().instances());
      case Request.Scale(var changes, var await) -> orders.scale(changes, await);
      case Request.Start(var names, var await) -> orders.start(names, await);
      case Request.Restart(var names, var await) -> orders.restart(names, await);
      case Request.Stop(var names) when names.isEmpty() -> end();
      case Request.Stop(var names) -> orders.stop(names);
      case Request.Reload(var await) -> orders.reload(await);
      case Request.Await _ -> await();
      case Request.Logs wanted -> logs.answer(wanted);
      case Request.Connect connect -> terminals.answer(connect);
    };
  }

  @Override
  public void stream(Request request, Caller caller) {
    if (request instanceof Request.Logs wanted) logs.stream(wanted, caller);
    if (request instanceof Request.Connect connect) terminals.stream(connect, caller);
  }

  /** Ends the log for clients that follow it, after what waits for them. */
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
        startedAt,
        (int) up,
        names.size());
  }

  private String url() {
    String address = router.url();
    var specs = orders.desired().formation().specs();
    if (!address.isEmpty() || specs.isEmpty()) return address;
    return "http://localhost:" + specs.firstEntry().getValue().port();
  }

  /** Waits until all is up. An app that has nothing more to run ends; then that is the answer. */
  private Reply await() {
    Reply reply = orders.await();
    if (!(reply instanceof Reply.Done)) return reply;
    manager.caughtUp().toCompletableFuture().join(); // What the last exit means is known then.
    if (!shutdown.isUnderWay()) return reply;
    int _ = shutdown.await();
    return new Reply.Refused("the app has ended", "");
  }

  private Reply end() {
    shutdown.ask(new ShutdownState.Request.StopCommand());
    return ended();
  }

  @Override
  public Reply ended() {
    List<String> left = shutdown.survivors();
    var ended = List.of("the app has ended");
    return left.isEmpty() ? new Reply.Done(ended) : new Reply.Failed(ended, left, true);
  }
}
