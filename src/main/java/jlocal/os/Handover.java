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

  /**
   * The lines, of which the last one never returns.
   *
   * @param typed the last arguments of the shell as this JVM decoded them; where they are the last
   *     of the command, it gets the shell's own, which may be any bytes
   */
  public static String script(Launch launch, List<String> typed) {
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
    argv.forEach(word -> words.add(quoted(word)));
    if (rest) words.add("\"$@\"");
    return String.join(" ", words);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
