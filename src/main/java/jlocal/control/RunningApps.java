package jlocal.control;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The apps of this user that run on this machine. */
public final class RunningApps {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  private RunningApps() {}

  /** All of them, the oldest first. */
  public static List<AppInfo> all(Map<String, String> environment) throws IOException {
    return matching("", environment);
  }

  /** Those of one root, whatever their Procfiles. */
  public static List<AppInfo> ofRoot(AppKey app, Map<String, String> environment)
      throws IOException {
    return matching(app.rootPart(), environment).stream()
        .filter(info -> info.root().equals(app.root()))
        .toList();
  }

  private static List<AppInfo> matching(String prefix, Map<String, String> environment)
      throws IOException {
    var found = new ArrayList<AppInfo>();
    for (Path folder : ControlFolder.existing(environment)) {
      try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, prefix + "*.sock")) {
        for (Path socket : sockets) {
          AppInfo app = ask(socket);
          if (app != null) found.add(app);
        }
      }
      Claim.clear(folder);
    }
    found.sort(Comparator.comparingLong(AppInfo::startedAt));
    return found;
  }

  /** Null for one that was killed, or does not answer. */
  private static @Nullable AppInfo ask(Path socket) {
    try (var client = ControlClient.connect(socket)) {
      if (client == null) return null;
      return client.ask(Request.of("info"), ANSWER_TIMEOUT) instanceof Reply.Info(var app)
          ? app
          : null;
    } catch (IOException _) {
      return null;
    }
  }
}
