package jlocal.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a child is made the leader of a session and a process group of its own; setsid(2). */
enum Session {
  /** util-linux or busybox: execs the command in place, so the pid stays. */
  SETSID("setsid"),
  /** macOS has no setsid(1) but brings perl; ten milliseconds more for each child. */
  PERL(
      "perl",
      "-e",
      "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV or do { print STDERR"
          + " \"$ARGV[0]: $!\\n\"; exit 127 }",
      "--"),
  /** Neither is installed: children share our group and only the leaders can be signalled. */
  NONE;

  private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/opt/homebrew/bin");

  private final List<String> wrapper;

  Session(String... wrapper) {
    this.wrapper = List.of(wrapper);
  }

  static Session available() {
    for (Session way : values()) {
      if (way == NONE || FOLDERS.stream().anyMatch(f -> way.isIn(Path.of(f)))) return way;
    }
    return NONE;
  }

  private boolean isIn(Path folder) {
    return Files.isExecutable(folder.resolve(wrapper.getFirst()));
  }

  /** What goes before the command. */
  List<String> wrapper() {
    return wrapper;
  }
}
