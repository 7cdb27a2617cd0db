package jlocal.os;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one run of one app. Every process of the run is started with it in {@link #VARIABLE}, so
 * that processes that leave their group are found again, even by a later run.
 *
 * @param app a hash of the app's root
 * @param pid of the jlocal that owns the run
 * @param startTime of that process, since pids are used again
 */
public record RunId(String app, long pid, String startTime) {
  /** The variable every child gets. */
  public static final String VARIABLE = "JLOCAL_ID";

  private static final Pattern FORM = Pattern.compile("([0-9a-f]+)\\.(\\d+)\\.(\\d+)");

  /** A run of the app in this folder, owned by this process. */
  public static RunId ofThisProcess(Path root) {
    long pid = ProcessHandle.current().pid();
    ProcessTable.Entry self = ProcessTable.of(pid);
    return new RunId(appOf(root), pid, self == null ? "0" : self.startTime());
  }

  /** Reads what {@link #toString} wrote; null for anything else. */
  static @Nullable RunId read(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) return null;
    return new RunId(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3));
  }

  private static String appOf(Path root) {
    return HexFormat.of().toHexDigits(root.toAbsolutePath().normalize().hashCode());
  }

  boolean isOf(Path root) {
    return app.equals(appOf(root));
  }

  /** Whether a process was not there before it. */
  boolean precedes(ProcessTable.Entry process) {
    return Long.parseLong(process.startTime()) >= Long.parseLong(startTime);
  }

  /** Whether the jlocal that owns it is still there. */
  boolean isOwned() {
    ProcessTable.Entry owner = ProcessTable.of(pid);
    return owner != null && !owner.zombie() && Objects.equals(owner.startTime(), startTime);
  }

  @Override
  public String toString() {
    return app + "." + pid + "." + startTime;
  }
}
