package jlocal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jlocal.app.InstanceWait.Goal;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.json.JsonFields;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;

/** Waits until instances of the running app are ready, have exited or are stopped. */
final class WaitCommand extends RunningAppCommand {
  /** The exit status of timeout(1). */
  static final int TIMED_OUT = 124;

  /** The longest single wait, so that the app does not wait long for a client that has gone. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  WaitCommand() {
    super("wait", "ps:wait");
    takes("[TYPE | TYPE.N]...");
  }

  @Override
  List<OptionGroup> ownOptions() {
    return List.of(
        new OptionGroup(
            "Wait",
            Options.choice(Goal.class, "--for").defaultValue("ready").build(),
            Options.seconds("--timeout").build(),
            Options.flag(Options.JSON)));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    Goal goal = values.get("--for");
    Duration timeout = values.isGiven("--timeout") ? values.get("--timeout") : null;
    var answers = new ArrayList<Reply>();
    long since = System.nanoTime();
    try (Progress _ = app.progress()) {
      while (true) {
        Duration waited = Duration.ofNanos(System.nanoTime() - since);
        Duration left = timeout == null ? MAX_WAIT : timeout.minus(waited);
        Duration limit = left.isNegative() ? Duration.ZERO : left;
        if (limit.compareTo(MAX_WAIT) > 0) limit = MAX_WAIT;
        var arguments =
            JsonFields.of(
                "names", values.arguments(),
                "for", goal.name().toLowerCase(Locale.ROOT),
                "limit", limit.toMillis());
        int status =
            app.longOrder(
                new Request("wait", arguments),
                (reply, _) -> {
                  answers.add(reply);
                  return ExitCode.DONE.status();
                });
        if (status != ExitCode.DONE.status()) return status(status, goal, !answers.isEmpty());
        Reply reply = answers.getLast();
        boolean isLate = timeout != null && !left.minus(limit).isPositive();
        boolean isOver = !(reply instanceof Reply.Failed(_, _, var crashed)) || crashed;
        if (isOver || isLate) break;
      }
    }
    return tell(answers.getLast(), Duration.ofNanos(System.nanoTime() - since), values, context);
  }

  /** Returns the exit status; an app that has ended in the meantime is stopped. */
  private static int status(int status, Goal goal, boolean wasThere) {
    if (status != ExitCode.NOT_RUNNING.status() || !wasThere) return status;
    return goal == Goal.READY ? ExitCode.CRASHED.status() : ExitCode.DONE.status();
  }

  private static int tell(Reply reply, Duration waited, Values values, Context context) {
    List<String> did = reply.did();
    List<String> failed = reply.failed();
    int status = reply.crashed() ? ExitCode.CRASHED.status() : failed.isEmpty() ? 0 : TIMED_OUT;
    if (values.is(Options.JSON)) {
      String result = status == 0 ? "done" : status == TIMED_OUT ? "timeout" : "crashed";
      var answer =
          JsonFields.of(
              "result", result, "waited_ms", waited.toMillis(), "done", did, "missing", failed);
      context.out().json(answer);
      return status;
    }
    if (Terminal.is(Stream.OUT)) did.forEach(context.out()::line);
    failed.forEach(context.err()::line);
    return status;
  }
}
