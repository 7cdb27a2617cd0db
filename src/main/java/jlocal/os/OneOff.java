package jlocal.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command of {@code jlocal run}. The launcher's shell, whose pid the caller knows, becomes the
 * command, so that signals, job control, exit status and terminal are exactly the command's.
 * Loading what the JVM needs for execve(2) would take longer than everything else.
 */
public final class OneOff {
  /** Exit statuses of shells for a missing command, and for one that cannot be executed. */
  private static final int NOT_FOUND = 127;

  private static final int NOT_EXECUTABLE = 126;

  /** Variables that a shell can export; others, and those it reserves, are passed by env(1). */
  private static final Pattern EXPORTABLE =
      Pattern.compile("(?!PPID$|E?UID$|SHELLOPTS$|BASH|OPTIND$)[A-Za-z_][A-Za-z0-9_]*");

  private OneOff() {}

  /**
   * Returns why the command cannot be run: it is missing (127), or not executable (126). Null if it
   * can.
   */
  public static @Nullable Failure obstacle(Launch launch) {
    String program = find(launch);
    if (program == null) {
      return new Failure(NOT_FOUND, "command not found: " + launch.argv().getFirst());
    }
    if (Files.isExecutable(Path.of(program)) && !Files.isDirectory(Path.of(program))) return null;
    return new Failure(NOT_EXECUTABLE, "permission denied: " + program);
  }

  /**
   * Why the command cannot be run.
   *
   * @param code the exit code to end with
   */
  public record Failure(int code, String reason) {}

  private static @Nullable String find(Launch launch) {
    String command = launch.argv().getFirst();
    if (command.contains("/")) {
      Path file = launch.directory().resolve(command);
      return Files.exists(file) ? file.toString() : null;
    }
    String path =
        launch.environment().containsKey("PATH")
            ? launch.environment().get("PATH")
            : System.getenv("PATH");
    return findInPath(command, path == null ? "/usr/bin:/bin" : path);
  }

  private static @Nullable String findInPath(String command, String path) {
    String forbidden = null;
    for (String folder : path.split(":", -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(command).toAbsolutePath();
      if (!Files.isRegularFile(file)) continue;
      if (Files.isExecutable(file)) return file.toString();
      forbidden = file.toString();
    }
    return forbidden;
  }

  /**
   * Returns the command as lines of sh that replace the shell that reads them.
   *
   * @param typed the shell's last arguments as decoded by this JVM; if they are the command's last,
   *     it gets the shell's own, which may be any bytes
   */
  public static String script(Launch launch, List<String> typed) {
    var lines = new ArrayList<String>();
    var odd = new ArrayList<String>();
    launch
        .environment()
        .forEach((name, value) -> {
          boolean plain = EXPORTABLE.matcher(name).matches();
          if (value == null) lines.add("unset " + name);
          else if (plain) lines.add("export " + name + "=" + Shell.quoted(value));
          else odd.add(Shell.quoted(name + "=" + value));
        });
    lines.add("cd " + Shell.quoted(launch.directory().toString()) + " || exit 126");
    int same = sameAtEnd(launch.argv(), typed);
    if (same > 0) lines.add("shift $(($# - " + same + "))");
    lines.add(exec(odd, launch.argv().subList(0, launch.argv().size() - same), same > 0));
    return String.join("\n", lines) + "\n";
  }

  private static int sameAtEnd(List<String> argv, List<String> typed) {
    var ends = typed.reversed().iterator();
    int same = 0;
    for (String word : argv.reversed()) {
      if (!ends.hasNext() || !ends.next().equals(word)) break;
      same++;
    }
    return same;
  }

  private static String exec(List<String> odd, List<String> argv, boolean rest) {
    var words = new ArrayList<String>();
    words.add("exec");
    if (!odd.isEmpty()) words.add("/usr/bin/env");
    words.addAll(odd);
    argv.forEach(word -> words.add(Shell.quoted(word)));
    if (rest) words.add("\"$@\"");
    return String.join(" ", words);
  }
}
