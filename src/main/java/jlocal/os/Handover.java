package jlocal.os;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command as lines of sh that put the shell they are read by in its place. The launcher's shell,
 * whose pid is the one the caller knows, reads them: to load what the JVM needs for execve(2) takes
 * longer than all the rest of a one-off.
 */
public final class Handover {
  /** What a shell can export; the others, and those it keeps for itself, go by env(1). */
  private static final Pattern EXPORTABLE =
      Pattern.compile("(?!PPID$|E?UID$|SHELLOPTS$|BASH|OPTIND$)[A-Za-z_][A-Za-z0-9_]*");

  private Handover() {}

  /** The lines, of which the last one never returns. */
  public static String script(Launch launch) {
    var lines = new ArrayList<String>();
    var odd = new ArrayList<String>();
    launch
        .environment()
        .forEach((name, value) -> {
          boolean plain = EXPORTABLE.matcher(name).matches();
          if (value == null) lines.add("unset " + name);
          else if (plain) lines.add("export " + name + "=" + quoted(value));
          else odd.add(quoted(name + "=" + value));
        });
    lines.add("cd " + quoted(launch.directory().toString()) + " || exit 126");
    lines.add(exec(odd, launch.argv()));
    return String.join("\n", lines) + "\n";
  }

  private static String exec(List<String> odd, List<String> argv) {
    var words = new ArrayList<String>();
    words.add("exec");
    if (!odd.isEmpty()) words.add("/usr/bin/env");
    words.addAll(odd);
    argv.forEach(word -> words.add(quoted(word)));
    return String.join(" ", words);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
