package jlocal.app;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jlocal.control.AppInfo;
import jlocal.control.AppKey;
import jlocal.control.Caller;
import jlocal.control.Operator;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.process.ProcessState;

/** Where the orders of other terminals arrive. */
final class ControlDesk implements Operator {
  private final Steering steering;
  private final Orders orders;
  private final Roster roster;
  private final StatusBoard board;
  private final LogDesk lines;
  private final TerminalDesk terminals;
  private final Surroundings app;

  /**
   * What a desk knows of its app.
   *
   * @param startedAt in milliseconds since 1970
   * @param ending ends the whole app
   * @param boot how long an order waits for a process to come up; zero for ever
   */
  record Surroundings(AppKey key, long startedAt, Doorkeeper door, Ending ending, Duration boot) {}

  ControlDesk(
      Steering steering, Roster roster, AppLog log, TerminalDesk terminals, Surroundings app) {
    this.steering = steering;
    this.roster = roster;
    this.app = app;
    orders = new Orders(steering, roster, log, app.door(), app.boot());
    board = new StatusBoard(roster);
    lines = new LogDesk(steering, log);
    this.terminals = terminals;
  }

  @Override
  public Reply answer(Request request) {
    return switch (request) {
      case Request.Info _ -> new Reply.Info(info());
      case Request.Ps _ -> new Reply.Instances(board.of(steering.course().formation()));
      case Request.Scale(var changes, _) when changes.isEmpty() -> counts();
      case Request.Scale(var changes, var await) -> orders.scale(changes, await);
      case Request.Start(var names, var await) -> orders.start(names, await);
      case Request.Restart(var names, var await) -> orders.restart(names, await);
      case Request.Stop(var names) when names.isEmpty() -> end();
      case Request.Stop(var names) -> orders.stop(names);
      case Request.Reload(var await) -> orders.reload(await);
      case Request.Await _ -> await();
      case Request.Logs logs -> lines.answer(logs);
      case Request.Connect connect -> terminals.answer(connect);
    };
  }

  @Override
  public void stream(Request request, Caller caller) {
    if (request instanceof Request.Logs logs) lines.stream(logs, caller);
    if (request instanceof Request.Connect connect) terminals.stream(connect, caller);
  }

  /** Nothing more will be written: who follows the log gets the rest of it, and no more. */
  void close() {
    lines.close();
  }

  private AppInfo info() {
    var formation = steering.course().formation();
    long up =
        formation.specs().keySet().stream()
            .filter(name -> roster.of(name).state() instanceof ProcessState.Up)
            .count();
    return new AppInfo(
        ProcessHandle.current().pid(),
        app.key().root(),
        app.key().procfile(),
        url(),
        app.startedAt(),
        (int) up,
        formation.specs().size());
  }

  private String url() {
    String router = app.door().url();
    var specs = steering.course().formation().specs();
    if (!router.isEmpty() || specs.isEmpty()) return router;
    return "http://localhost:" + specs.firstEntry().getValue().port();
  }

  private Reply counts() {
    var course = steering.course();
    var counts = new LinkedHashMap<String, Integer>();
    course
        .blueprint()
        .procfile()
        .entries()
        .keySet()
        .forEach(type -> counts.put(type.name(), course.formation().of(type).size()));
    return new Reply.Counts(counts);
  }

  /** An app that came up and has nothing more to do does not run: its end is the answer. */
  private Reply await() {
    Reply reply = orders.await();
    if (!(reply instanceof Reply.Done)) return reply;
    var _ =
        CompletableFuture.anyOf(
                steering.caughtUp().toCompletableFuture(),
                app.ending().over().toCompletableFuture())
            .join();
    if (!app.ending().isUnderWay()) return reply;
    int _ = app.ending().await();
    return new Reply.Refused("the app has ended", "");
  }

  private Reply end() {
    app.ending().ask(new StopRequest.StopCommand());
    return ended();
  }

  @Override
  public Reply ended() {
    List<String> left = app.ending().survivors();
    var ended = List.of("the app has ended");
    return left.isEmpty() ? new Reply.Done(ended) : new Reply.Failed(ended, left, true);
  }
}
