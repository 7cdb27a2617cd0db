package jlocal.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;
import jlocal.os.Helper;
import org.jspecify.annotations.Nullable;

/**
 * git's view of a folder. All names are relative to it.
 *
 * @param prefix the folder's path below the root of the repository; empty for the root
 * @param tracked the files that a deploy includes once they are committed, those of submodules too
 * @param untracked the files that are neither tracked nor ignored
 */
record GitRepository(
    Path folder, String prefix, SequencedSet<String> tracked, List<String> untracked) {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Variables set in git hooks, which could select another repository. */
  private static final List<String> OF_HOOKS =
      List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE");

  /**
   * Asks git.
   *
   * @param folder in the repository
   * @throws IOException if there is no repository, or no git; the message says so
   */
  static GitRepository of(Path folder) throws IOException {
    String prefix = git(folder, "rev-parse", "--show-prefix").strip();
    var tracked = names(git(folder, "ls-files", "-z", "--recurse-submodules"));
    var untracked = names(git(folder, "ls-files", "-z", "--others", "--exclude-standard"));
    return new GitRepository(folder, prefix, new LinkedHashSet<>(tracked), untracked);
  }

  Path top() throws IOException {
    return folder.resolve(git(folder, "rev-parse", "--show-cdup").strip()).normalize();
  }

  /** Returns the ignored files and folders, without the content of ignored folders. */
  List<String> ignored() throws IOException {
    String listed =
        git(folder, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory");
    return names(listed).stream().map(name -> name.replaceFirst("/$", "")).toList();
  }

  private static List<String> names(String separated) {
    return Stream.of(separated.split("\0")).filter(name -> !name.isEmpty()).toList();
  }

  /** Whether a file is tracked, or something in a folder. */
  boolean has(String name) {
    return tracked.contains(name) || below(name, tracked.stream());
  }

  /** Whether git would add it, since it is not ignored. */
  boolean isUntracked(String name) {
    return untracked.contains(name) || below(name, untracked.stream());
  }

  private static boolean below(String folder, Stream<String> names) {
    return names.anyMatch(name -> name.startsWith(folder + "/"));
  }

  /** Whether a word occurs in a tracked file other than documentation and lock files. */
  boolean mentions(String word) {
    try {
      git(
          folder,
          "grep",
          "-qIw",
          word,
          "--",
          ".",
          ":!*.md",
          ":!*.lock",
          ":!*-lock.*",
          ":!*Procfile*");
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static String git(Path folder, String... words) throws IOException {
    var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(words));
    var environment = new HashMap<String, @Nullable String>();
    OF_HOOKS.forEach(name -> environment.put(name, null));
    environment.put("LC_ALL", "C.UTF-8");
    Helper.Result result = Helper.run(command, environment, TIMEOUT);
    if (result.status() == 0) return result.output();
    throw new IOException(
        result.output().lines().findFirst().orElse("git has failed").replaceFirst("^fatal: ", ""));
  }
}
