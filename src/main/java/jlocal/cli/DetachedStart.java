package jlocal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jlocal.control.AppInfo;
import jlocal.control.AppKey;
import jlocal.control.ControlClient;
import jlocal.control.ControlFolder;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.os.Daemon;
import jlocal.os.Signal;
import jlocal.os.Signals;
import org.jspecify.annotations.Nullable;

/** {@code jlocal start --detach}: starts another jlocal and waits until its app is up. */
record DetachedStart(AppKey app, Context context, Process daemon) {
  private static final Duration INFO_TIMEOUT = Duration.ofSeconds(10);

  /** Returns when all instances are up, or one will not be. */
  static int run(AppKey app, List<String> words, Context context) throws Exception {
    var command = new ArrayList<>(List.of("start"));
    command.addAll(words);
    command.removeIf(StartOptions.DETACH::equals);
    Process daemon = Daemon.start(command);
    for (Signal signal : List.of(Signal.INT, Signal.TERM, Signal.HUP)) {
      Signals.on(signal, daemon::destroy);
    }
    return new DetachedStart(app, context, daemon).await();
  }

  private int await() throws Exception {
    relay(daemon.getErrorStream(), context.err());
    try (ControlClient client = connect()) {
      if (client == null) return ended();
      Reply reply;
      try (Progress _ = Progress.show(this::connect, context.err())) {
        reply = client.ask(Request.of("await"), ControlClient.FOREVER);
      }
      return tell(reply);
    } catch (ControlClient.NoAnswer _) {
      return ended(); // The daemon ended instead.
    }
  }

  /** Connects to the started app; null for an app of another jlocal. */
  private @Nullable ControlClient connect() throws IOException {
    try (ControlClient client = ControlClient.connect(app, context.environment())) {
      if (client == null) return null;
      AppInfo info = client.info(INFO_TIMEOUT);
      if (info == null || info.pid() != daemon.pid()) return null;
    } catch (ControlFolder.Unsafe _) {
      return null; // The daemon has reported it.
    }
    return ControlClient.connect(app, context.environment());
  }

  private int tell(Reply reply) throws Exception {
    return switch (reply) {
      case Reply.Done(var did) -> {
        sayThatItRuns(did);
        yield ExitCode.DONE.status();
      }
      case Reply.Failed(var did, var failed, var crashed) when !crashed -> {
        failed.forEach(context.err()::line);
        sayThatItRuns(did);
        yield ExitCode.CRASHED.status();
      }
      case Reply.Failed(_, var failed, _) -> {
        failed.forEach(context.err()::line);
        context.err().line("jlocal: some processes did not come up, so the app was stopped");
        stop();
        yield ExitCode.CRASHED.status();
      }
      case Reply.Refused _, Reply.Answer _ -> ended();
    };
  }

  private void sayThatItRuns(List<String> did) {
    did.forEach(context.out()::line);
    context.out().line("running in the background with pid " + daemon.pid());
    context.out().line("'jlocal logs -t' shows its log, 'jlocal stop' ends it");
  }

  private void stop() throws Exception {
    try (ControlClient client = ControlClient.connect(app, context.environment())) {
      if (client != null) client.ask(Request.of("stop", "names", List.of()), ControlClient.FOREVER);
    } catch (ControlClient.NoAnswer _) {
      // It has already ended.
    }
    daemon.waitFor();
  }

  private int ended() throws InterruptedException {
    int status = daemon.waitFor();
    if (status == 0) context.out().line("the app has ended with exit code 0");
    return status;
  }

  /** Prints the daemon's problems with files and options, until it is {@link Daemon#ready}. */
  private static void relay(InputStream said, Out err) {
    try (said) {
      byte[] some = new byte[4096];
      for (int n = said.read(some); n >= 0; n = said.read(some)) {
        err.print(new String(some, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException _) {
      // The daemon has ended.
    }
  }
}
