package jlocal.export;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SequencedMap;
import jlocal.formation.Readiness;
import jlocal.formation.StartOrder;
import jlocal.os.Signal;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * One process type to be exported.
 *
 * @param count how many processes of it run
 * @param port PORT of the first one; the next has one more
 * @param environment what it has beside the config vars, and over them
 * @param folder its working directory, absolute
 * @param rule what it waits for, and when it is ready
 * @param grace between the signal that asks it to end and SIGKILL
 * @param memory null for no limit
 */
public record ExportedType(
    ProcessType type,
    int count,
    int port,
    String command,
    SequencedMap<String, String> environment,
    Path folder,
    StartOrder.Rule rule,
    Duration grace,
    Signal stopSignal,
    @Nullable Memory memory) {
  String name() {
    return type.name();
  }

  boolean isWeb() {
    return type.equals(ProcessType.WEB);
  }

  boolean isRelease() {
    return type.equals(ProcessType.RELEASE);
  }

  /** Whether it runs to an end once, as a migration does. */
  boolean runsOnce() {
    return isRelease() || rule.readiness() instanceof Readiness.Exit;
  }

  /** The port that its readiness is about; 0 for none. */
  int probedPort() {
    return switch (rule.readiness()) {
      case Readiness.Port(var ports) -> ports.isEmpty() ? port : ports.getFirst();
      case Readiness.Http _ -> port;
      case Readiness.Listening(var server) -> server.usualPort();
      case Readiness.LogLine _,
          Readiness.Exit _,
          Readiness.Notify _,
          Readiness.Exec _,
          Readiness.Alive _ ->
          0;
    };
  }

  /** The grace in whole seconds, rounded up. */
  long graceSeconds() {
    return grace.plusMillis(999).toSeconds();
  }
}
