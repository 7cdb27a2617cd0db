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
 * A process type to export.
 *
 * @param count the number of its processes
 * @param port PORT of the first process; each further one adds 1
 * @param environment overrides the config vars
 * @param folder its working directory, absolute
 * @param rule its dependencies, and its readiness check
 * @param grace between the stop signal and SIGKILL
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
  /**
   * The memory of a process, in bytes.
   *
   * @param quota the expected usage
   * @param limit above which it is killed
   */
  public record Memory(long quota, long limit) {}

  String name() {
    return type.name();
  }

  boolean isWeb() {
    return type.equals(ProcessType.WEB);
  }

  boolean isRelease() {
    return type.equals(ProcessType.RELEASE);
  }

  /** Whether it runs once to completion, as a migration does. */
  boolean runsOnce() {
    return isRelease() || rule.readiness() instanceof Readiness.Exit;
  }

  /** Returns the port of its readiness check; 0 for none. */
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

  /**
   * Returns a one-line command for bash that exits with 0 when a process is ready; null if there is
   * none.
   */
  @Nullable String probe() {
    return switch (rule.readiness()) {
      case Readiness.Http(var path) ->
          """
          exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET %%s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' '%s' >&3 \
          && read -r _ code _ <&3 && [[ $code == [23]* ]]\
          """
              .formatted(path.replace("'", "%27"));
      case Readiness.Exec(var command) -> command;
      case Readiness.Port(var ports) -> opens(ports.isEmpty() ? "$PORT" : "" + ports.getFirst());
      case Readiness.Listening(var server) ->
          server.usualPort() == 0 ? null : opens("$PORT") + " || " + opens("" + server.usualPort());
      case Readiness.LogLine _, Readiness.Exit _, Readiness.Notify _, Readiness.Alive _ -> null;
    };
  }

  private static String opens(String port) {
    return "(: </dev/tcp/127.0.0.1/" + port + ") 2>/dev/null";
  }
}
