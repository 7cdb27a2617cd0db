package jlocal.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jlocal.control.Reply;
import jlocal.formation.InstanceName;
import jlocal.formation.StartOrder;
import jlocal.logs.EventMessages;
import jlocal.problem.Problem;
import jlocal.process.InstanceSnapshot;
import jlocal.process.InstanceSnapshots;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessManager;

/** Waits for the outcome of an order, and reports it to the client. */
final class OrderReport {
  private final ProcessManager manager;
  private final InstanceSnapshots snapshots;
  private final AppLog log;
  private final StartOrder order;
  private final List<String> did = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private boolean crashed;

  /** The expected result for one instance. */
  sealed interface Change {
    InstanceName name();

    /** It is to come up; {@code generation} is the first of its processes that counts. */
    record Start(InstanceName name, int generation) implements Change {}

    record Stop(InstanceName name) implements Change {}
  }

  /** {@code order} says how long a process may take to come up. */
  OrderReport(ProcessManager manager, AppLog log, StartOrder order) {
    this.manager = manager;
    snapshots = manager.snapshots();
    this.log = log;
    this.order = order;
  }

  /** Adds the outcome, after waiting for it if requested. */
  void add(Change change, boolean await) {
    InstanceName name = change.name();
    if (!await) {
      did.add((change instanceof Change.Start ? "starting " : "stopping ") + name);
    } else if (change instanceof Change.Start(_, var generation)) {
      started(name, StartOutcome.await(snapshots, name, generation, timeout(name)));
    } else {
      stopped(name);
    }
  }

  private void started(InstanceName name, StartOutcome outcome) {
    switch (outcome) {
      case StartOutcome.Up _ -> {
        manager.caughtUp().toCompletableFuture().join(); // Then its readiness evidence is known.
        did.add(up(snapshots.of(name)));
      }
      case StartOutcome.Exited _ -> did.add(name + " has exited with code 0");
      case StartOutcome.Stopped _ -> failed(name + " was stopped in the meantime");
      case StartOutcome.Failed(var how) -> {
        failed(how);
        manager.caughtUp().toCompletableFuture().join(); // Then the log has kept its last lines.
        log.failures().lastLines(name).forEach(line -> failed.add("  " + line));
      }
      case StartOutcome.Late(var why) -> failed.add(late(name, why));
      case StartOutcome.Pending _ -> failed(name + ": the app is ending");
    }
  }

  private void stopped(InstanceName name) {
    InstanceSnapshot now = awaitRest(name);
    if (now.isUnkillable()) failed(StartOutcome.sentence(now.remark()));
    else did.add(name + " is stopped");
  }

  /** Waits until it has ended and will not start by itself, or cannot be ended. */
  private InstanceSnapshot awaitRest(InstanceName name) {
    InstanceSnapshot now = snapshots.of(name);
    try {
      while (!now.isAtRest() && !now.isUnkillable() && !snapshots.isClosed()) {
        now = snapshots.awaitChange(now, null);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return now;
  }

  private void failed(String sentence) {
    failed.add(sentence);
    crashed = true;
  }

  private Duration timeout(InstanceName name) {
    return order.rule(name.type()).timeout();
  }

  private String late(InstanceName name, String why) {
    String what = why.isEmpty() ? "" : ": " + why;
    return "%s is still starting after %s%s"
        .formatted(name, EventMessages.span(timeout(name)), what);
  }

  /** Describes an instance that was up a moment ago; ignores later changes. */
  private static String up(InstanceSnapshot now) {
    return StartOutcome.isUp(now) ? state(now) : now.name() + " is up";
  }

  /** Describes the state of an instance: {@code db.1 is up on port 5432, pid 77}. */
  static String state(InstanceSnapshot now) {
    String known = known(now);
    boolean isUp = now.remark() instanceof ProcessEvent.BecameUp;
    if (!StartOutcome.isUp(now)) {
      return now.name() + " is " + now.state().word() + (known.isEmpty() ? "" : ": " + known);
    }
    int port = now.remark() instanceof ProcessEvent.BecameUp up ? up.port() : 0;
    String on = port == 0 ? "" : " on port " + port;
    String more = port != 0 && isUp ? "" : known.isEmpty() ? "" : ": " + known;
    return "%s is up%s, pid %d%s".formatted(now.name(), on, now.pid(), more);
  }

  /** Returns further facts about its state, in a few words; empty for none. */
  static String known(InstanceSnapshot now) {
    return switch (now.remark()) {
      case ProcessEvent.BecameUp up -> up.evidence();
      case ProcessEvent.Notified(_, var status) -> status;
      case ProcessEvent.Waiting(_, var on, _) ->
          "waits for " + on.stream().map(Object::toString).collect(Collectors.joining(", "));
      case ProcessEvent.NotReady(_, var why, _) -> why;
      case ProcessEvent.PortFound(_, _, var opened) -> "ready on port " + opened;
      case ProcessEvent.NotListening(_, var port, var opened) ->
          "port " + port + " is closed" + (opened.isEmpty() ? "" : ", open: " + opened);
      case null, default -> "";
    };
  }

  Reply reply() {
    return failed.isEmpty() ? new Reply.Done(did) : new Reply.Failed(did, failed, crashed);
  }

  /** Combines two replies. A refusal after something was done counts as a failure. */
  static Reply both(Reply first, Reply second) {
    var done = new ArrayList<>(first.did());
    done.addAll(second.did());
    var wrong = new ArrayList<>(first.failed());
    wrong.addAll(second.failed());
    return wrong.isEmpty()
        ? new Reply.Done(done)
        : new Reply.Failed(done, wrong, first.crashed() || second.crashed());
  }

  /** Returns the reply to an order that cannot be executed. */
  static Reply refused(List<Problem> problems) {
    var errors = problems.stream().filter(Problem::isError).toList();
    String why = errors.stream().map(OrderReport::text).collect(Collectors.joining("; "));
    String hint = errors.getFirst().hint();
    return new Reply.Refused(why, hint == null ? "" : hint);
  }

  private static String text(Problem problem) {
    if (problem.place().equals("jlocal")) return problem.what();
    String line = problem.line() == 0 ? "" : ":" + problem.line();
    return problem.place() + line + ": " + problem.what();
  }
}
