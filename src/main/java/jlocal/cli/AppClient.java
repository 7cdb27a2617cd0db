package jlocal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import jlocal.control.AppInfo;
import jlocal.control.AppKey;
import jlocal.control.ControlClient;
import jlocal.control.ControlFolder;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.json.JsonFields;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the app of this folder and prints the replies.
 *
 * @param isProcfileNamed whether only the app of this Procfile is meant, not another one running in
 *     its root
 */
record AppClient(AppKey app, boolean isProcfileNamed, Context context) {
  /** The timeout for requests that are answered at once. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  AppClient(AppOptions options, Context context) {
    this(options.files().key(), options.isProcfileNamed(), context);
  }

  /** Handles a reply that is more than sentences. */
  @FunctionalInterface
  interface Use {
    /** Returns the exit status. */
    int of(Reply reply, ControlClient client) throws IOException;
  }

  /** Handles the case that no app is running. */
  @FunctionalInterface
  interface Otherwise {
    /** Returns the exit status. */
    int run() throws IOException;
  }

  /** Gives an order and prints its result; returns the exit status. */
  int order(Request request) throws IOException {
    try (Progress progress = progress()) {
      return ask(
          request,
          ControlClient.FOREVER,
          (reply, _) -> {
            progress.stop();
            return tell(reply);
          },
          this::notRunning);
    }
  }

  /** Sends a request that is answered at once; returns the exit status. */
  int question(Request request, Use use) throws IOException {
    return ask(request, ANSWER_TIMEOUT, use, this::notRunning);
  }

  /** Sends a request that is answered at once, or handles that no app is running. */
  int question(Request request, Use use, Otherwise otherwise) throws IOException {
    return ask(request, ANSWER_TIMEOUT, use, otherwise);
  }

  /** Gives an order whose reply needs more work; returns the exit status. */
  int longOrder(Request request, Use use) throws IOException {
    return ask(request, ControlClient.FOREVER, use, this::notRunning);
  }

  /** Returns the running app; null if there is none or it does not respond. */
  @Nullable AppInfo info() throws IOException {
    try (ControlClient client = connect()) {
      return client == null ? null : client.info(ANSWER_TIMEOUT);
    } catch (ControlClient.NoAnswer | ControlFolder.Unsafe _) {
      return null;
    }
  }

  boolean isRunning() throws IOException {
    try (ControlClient client = connect()) {
      return client != null;
    }
  }

  /** Returns the reply to an order; null if no app is running. */
  @Nullable Reply reply(Request request) throws IOException {
    try (ControlClient client = connect()) {
      return client == null ? null : client.ask(request, ControlClient.FOREVER);
    }
  }

  /** Shows what the command is waiting for, until it is closed. */
  Progress progress() {
    return Progress.show(this::connect, context.err());
  }

  private int ask(Request request, Duration limit, Use use, Otherwise otherwise)
      throws IOException {
    try (ControlClient client = connect()) {
      if (client == null) return otherwise.run();
      Reply reply = client.ask(request, limit);
      return reply instanceof Reply.Refused ? tell(reply) : use.of(reply, client);
    } catch (ControlClient.NoAnswer | ControlFolder.Unsafe e) {
      return context.refuse(Problem.error(String.valueOf(e.getMessage())), ExitCode.NOT_RUNNING);
    }
  }

  private @Nullable ControlClient connect() throws IOException {
    var client = ControlClient.connect(app, context.environment());
    if (client != null || isProcfileNamed) return client;
    List<AppInfo> others = ControlClient.runningApps(app, context.environment());
    if (others.size() != 1) return null;
    AppInfo only = others.getFirst();
    return ControlClient.connect(new AppKey(only.root(), only.procfile()), context.environment());
  }

  /** Reports that no app is running; returns the exit status. */
  int notRunning() throws IOException {
    List<AppInfo> others = ControlClient.runningApps(app, context.environment());
    String hint =
        others.isEmpty()
            ? "'jlocal start' starts it; 'jlocal ls' lists the running apps"
            : "there are others here: -f " + others.getFirst().procfile();
    return context.refuse(
        Problem.error("no app is running for " + app.procfile()).hint(hint), ExitCode.NOT_RUNNING);
  }

  private void print(List<String> did, List<String> failed) {
    if (context.json()) {
      context.out().json(JsonFields.of("done", did, "failed", failed));
    } else {
      did.forEach(context.out()::line);
    }
  }

  /** Prints the result of an order; returns the exit status. */
  int tell(Reply reply) throws IOException {
    return switch (reply) {
      case Reply.Done(var did) -> {
        print(did, List.of());
        yield ExitCode.DONE.status();
      }
      case Reply.Failed(var did, var failed, _) -> {
        print(did, failed);
        failed.forEach(context.err()::line);
        yield ExitCode.CRASHED.status();
      }
      case Reply.Refused(var why, var hint) -> {
        var problem = Problem.error(why);
        yield context.refuse(hint.isEmpty() ? problem : problem.hint(hint), ExitCode.USAGE);
      }
      case Reply.Answer _ -> throw new IOException("unexpected reply from the app");
    };
  }
}
