package jlocal.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntSupplier;
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
   * @param end ends the whole app, and waits for that; the exit code
   */
  record Surroundings(
      AppKey key, long startedAt, Doorkeeper door, IntSupplier end, TerminalDesk terminals) {}

  ControlDesk(Steering steering, Roster roster, AppLog log, Surroundings app) {
    this.steering = steering;
    this.roster = roster;
    this.app = app;
    orders = new Orders(steering, roster, log, app.door());
    board = new StatusBoard(roster);
    lines = new LogDesk(steering, log);
    terminals = app.terminals();
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
      case Request.Await _ -> orders.await();
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

  private Reply end() {
    int _ = app.end().getAsInt();
    return new Reply.Done(List.of("the app has ended"));
  }
}
