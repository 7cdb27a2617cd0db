package jlocal.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a child the leader of a session and a process group of its own; setsid(2).
 *
 * @param wrapper the words before the command; empty if neither tool is installed: then children
 *     share our group, and only the leaders can be signalled
 */
record SessionLeader(List<String> wrapper) {
  private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/opt/homebrew/bin");

  /** util-linux or busybox: executes the command in place, so the pid is unchanged. */
  private static final List<String> SETSID = List.of("setsid");

  /** macOS has no setsid(1), but perl; takes ten milliseconds more per child. */
  private static final List<String> PERL =
      List.of(
          "perl",
          "-e",
          "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV or do { print STDERR"
              + " \"$ARGV[0]: $!\\n\"; exit 127 }",
          "--");

  static SessionLeader available() {
    for (List<String> way : List.of(SETSID, PERL)) {
      for (String folder : FOLDERS) {
        Path program = Path.of(folder, way.getFirst());
        if (Files.isExecutable(program)) return new SessionLeader(starting(program, way));
      }
    }
    return new SessionLeader(List.of());
  }

  boolean isNone() {
    return wrapper.isEmpty();
  }

  /** Uses the path of the tool, so that PATH is not searched for each child. */
  private static List<String> starting(Path program, List<String> way) {
    var wrapper = new ArrayList<>(way);
    wrapper.set(0, program.toString());
    return List.copyOf(wrapper);
  }
}
