package jlocal.os;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identifies one run of one app. Every process of the run has it in {@link #VARIABLE}, so that
 * processes that left their group can be found, even by a later run.
 *
 * @param app a hash of the app's root
 * @param pid of the jlocal that owns the run
 * @param startTime of that process, since pids are reused
 */
public record RunId(String app, long pid, long startTime) {
  /** The variable set for every child. */
  public static final String VARIABLE = "JLOCAL_ID";

  private static final String MARK = "\0" + VARIABLE + "=";

  private static final Pattern FORM = Pattern.compile("([0-9a-f]+)\\.(\\d+)\\.(\\d+)");

  /** Returns the run of the app in this folder, owned by this process. */
  public static RunId ofThisProcess(Path root) {
    long pid = ProcessHandle.current().pid();
    ProcFs.Stat self = ProcFs.stat(pid);
    return new RunId(appOf(root), pid, self == null ? 0 : self.startTime());
  }

  /** Returns the run of a process; null if it has none, or its environment is unreadable. */
  static @Nullable RunId of(ProcFs.Stat process) {
    String variables = "\0" + ProcFs.read(process.pid() + "/environ") + "\0";
    int mark = variables.indexOf(MARK) + MARK.length();
    if (mark < MARK.length()) return null;
    return read(variables.substring(mark, variables.indexOf('\0', mark)));
  }

  boolean isMarkOf(ProcFs.Stat process) {
    // Processes older than the run need not be read.
    return process.startTime() >= startTime && equals(of(process));
  }

  /** Parses the result of {@link #toString}; null for anything else. */
  static @Nullable RunId read(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) return null;
    long startTime = Long.parseLong(parts.group(3));
    return new RunId(parts.group(1), Long.parseLong(parts.group(2)), startTime);
  }

  private static String appOf(Path root) {
    return HexFormat.of().toHexDigits(root.toAbsolutePath().normalize().hashCode());
  }

  boolean isOf(Path root) {
    return app.equals(appOf(root));
  }

  /** Whether the jlocal that owns it still exists. */
  boolean isOwned() {
    ProcFs.Stat owner = ProcFs.stat(pid);
    return owner != null && !owner.zombie() && owner.startTime() == startTime;
  }

  @Override
  public String toString() {
    return app + "." + pid + "." + startTime;
  }
}
