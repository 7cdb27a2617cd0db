package jlocal.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Processes of ours wherever they are: daemons that forked twice, children that called setsid(2),
 * what an earlier run left. They are known by the {@link RunId} they were started with; proc(5).
 * Without /proc (macOS) none is ever found.
 */
public final class Strays {
  private static final Pattern MARK =
      Pattern.compile("(?:^|\0)" + RunId.VARIABLE + "=([^\0]*)(?:\0|$)");

  private final Predicate<RunId> ours;

  private Strays(Predicate<RunId> ours) {
    this.ours = ours;
  }

  /** All processes of this run. */
  public static Strays of(RunId run) {
    return new Strays(run::equals);
  }

  /** What earlier runs of the app in this folder left when they and their watchdog were killed. */
  public static Strays leftIn(Path root) {
    return new Strays(run -> run.isOf(root) && !run.isOwned());
  }

  /** How many are left. */
  public int count() {
    return find().size();
  }

  /**
   * Signals each of them that is still the process it was when we looked.
   *
   * @return how many there were
   */
  public int signal(Signal signal) {
    List<ProcessRef> strays = find();
    for (ProcessRef stray : strays) {
      if (isStill(stray)) Libc.kill(stray.pid(), signal.number());
    }
    return strays.size();
  }

  private static boolean isStill(ProcessRef stray) {
    ProcessRef now = ProcessTable.of(stray.pid());
    return now != null && Objects.equals(now.startTime(), stray.startTime());
  }

  private List<ProcessRef> find() {
    return ProcessTable.now().processes().stream()
        .filter(process -> !process.zombie() && isOurs(process.pid()))
        .toList();
  }

  private boolean isOurs(long pid) {
    RunId run = runOf(pid);
    return run != null && ours.test(run);
  }

  private static @Nullable RunId runOf(long pid) {
    try {
      byte[] environ = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
      Matcher mark = MARK.matcher(new String(environ, StandardCharsets.ISO_8859_1));
      return mark.find() ? RunId.read(mark.group(1)) : null;
    } catch (IOException _) {
      return null; // Another user's, or gone.
    }
  }
}
