package jlocal.export;

import jlocal.formation.Readiness;
import org.jspecify.annotations.Nullable;

/** The readiness of a process as a line for bash, which needs no other program. Pure. */
final class Probe {
  private Probe() {}

  /** A line that ends with 0 when the process is ready; null when no line can tell. */
  static @Nullable String line(ExportedType type) {
    return switch (type.rule().readiness()) {
      case Readiness.Http(var path) -> http(path);
      case Readiness.Exec(var command) -> command;
      case Readiness.Port(var ports) ->
          ports.isEmpty() ? open("$PORT") : open("" + ports.getFirst());
      case Readiness.Listening(var server) ->
          server.usualPort() == 0 ? null : open("$PORT") + " || " + open("" + server.usualPort());
      case Readiness.LogLine _, Readiness.Exit _, Readiness.Notify _, Readiness.Alive _ -> null;
    };
  }

  private static String open(String port) {
    return "(: </dev/tcp/127.0.0.1/" + port + ") 2>/dev/null";
  }

  private static String http(String path) {
    return """
    exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET %%s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' '%s' >&3 \
    && read -r _ code _ <&3 && [[ $code == [23]* ]]\
    """
        .formatted(path.replace("'", "%27"));
  }
}
