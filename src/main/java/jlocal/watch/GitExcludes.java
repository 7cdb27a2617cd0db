package jlocal.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jlocal.os.Helper;

/** Finds git's rules beside the {@code .gitignore} files, gitignore(5). */
final class GitExcludes {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private GitExcludes() {}

  /**
   * Returns the repository's and the user's file, the stronger one first; they may not exist. Asks
   * git, which knows its settings and worktrees; without git, returns the usual paths.
   *
   * @param top the root of the repository, or of the app if there is none
   */
  static List<Path> of(Path top, Map<String, String> environment) {
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    if (config.isEmpty()) config = environment.getOrDefault("HOME", "") + "/.config";
    return List.of(
        ask(top, environment, ".git/info/exclude", "rev-parse", "--git-path", "info/exclude"),
        ask(top, environment, config + "/git/ignore", "config", "--path", "core.excludesFile"));
  }

  private static Path ask(
      Path top, Map<String, String> environment, String usual, String... question) {
    var git = new ArrayList<>(List.of("git", "-C", top.toString()));
    git.addAll(List.of(question));
    try {
      var answer = Helper.run(git, Map.copyOf(environment), TIMEOUT);
      String path = answer.output().strip();
      if (answer.status() == 0 && !path.contains("\n")) return top.resolve(path);
    } catch (IOException _) {
      // git is not installed.
    }
    return top.resolve(usual);
  }
}
