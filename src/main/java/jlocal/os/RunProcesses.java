package jlocal.os;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Processes of ours wherever they are: daemons that forked twice, children that called setsid(2),
 * what an earlier run left. They are known by the {@link RunId} they were started with, and by
 * their {@link Cgroup} where there is one; proc(5). Without /proc (macOS) none is ever found.
 */
public final class RunProcesses {
  private static final String MARK = "\0" + RunId.VARIABLE + "=";

  private final Supplier<Set<Long>> members;
  private final Predicate<ProcessTable.Entry> ours;
  private final Set<String> asked = new HashSet<>();

  /**
   * How many are left.
   *
   * @param signalled those that this user may signal
   * @param denied all others; kill(2), EPERM
   */
  public record Left(int signalled, int denied) {
    /** Both together. */
    public int count() {
      return signalled + denied;
    }
  }

  private RunProcesses(Supplier<Set<Long>> members, Predicate<ProcessTable.Entry> ours) {
    this.members = members;
    this.ours = ours;
  }

  /** All processes that are marked as of this run. */
  public static RunProcesses of(RunId run) {
    // A process older than the run is not of it: most environments need not be read.
    return new RunProcesses(
        Set::of, process -> run.precedes(process) && run.equals(runOf(process.pid())));
  }

  /** These, what is in its cgroup, and what this process has adopted. */
  RunProcesses and(Cgroup cgroup, Subreaper subreaper) {
    return new RunProcesses(
        cgroup::remaining, process -> subreaper.isAdopted(process) || ours.test(process));
  }

  /** What earlier runs of the app in this folder left when they and their watchdog were killed. */
  public static RunProcesses leftIn(Path root, Cgroup cgroup) {
    return new RunProcesses(
        () -> cgroup.leftIn(root),
        process -> {
          RunId run = runOf(process.pid());
          return run != null && run.isOf(root) && !run.isOwned();
        });
  }

  /** How many are left. */
  public int count() {
    return find().size();
  }

  /**
   * Asks each of them to end, once; one that is stopped must run to die.
   *
   * @return how many there are
   */
  public Left terminate() {
    List<ProcessTable.Entry> strays = find();
    for (ProcessTable.Entry stray : strays) {
      if (!asked.add(stray.pid() + " " + stray.startTime())) continue;
      signal(stray, Signal.TERM);
      signal(stray, Signal.CONT);
    }
    return left(strays);
  }

  /**
   * Kills them.
   *
   * @return how many there were
   */
  public Left kill() {
    List<ProcessTable.Entry> strays = find();
    strays.forEach(stray -> signal(stray, Signal.KILL));
    return left(strays);
  }

  /** The processes that are left. */
  public List<LiveProcess> remaining() {
    return find().stream().map(stray -> LiveProcess.of(stray.pid(), false)).toList();
  }

  private static Left left(List<ProcessTable.Entry> strays) {
    int allowed = (int) strays.stream().filter(stray -> Kill.isAllowed(stray.pid())).count();
    return new Left(allowed, strays.size() - allowed);
  }

  /** Only if it still is the process it was when we looked. */
  private static void signal(ProcessTable.Entry stray, Signal signal) {
    if (isStill(stray)) Kill.send(stray.pid(), signal);
  }

  private static boolean isStill(ProcessTable.Entry stray) {
    ProcessTable.Entry now = ProcessTable.of(stray.pid());
    return now != null && Objects.equals(now.startTime(), stray.startTime());
  }

  private List<ProcessTable.Entry> find() {
    Set<Long> enclosed = members.get();
    return ProcessTable.now().processes().stream()
        .filter(process -> !process.zombie())
        .filter(process -> enclosed.contains(process.pid()) || ours.test(process))
        .toList();
  }

  private static @Nullable RunId runOf(long pid) {
    try (var environ = new FileInputStream("/proc/" + pid + "/environ")) {
      String variables = new String(environ.readAllBytes(), StandardCharsets.ISO_8859_1);
      variables = "\0" + variables + "\0";
      int mark = variables.indexOf(MARK) + MARK.length();
      if (mark < MARK.length()) return null;
      return RunId.read(variables.substring(mark, variables.indexOf('\0', mark)));
    } catch (IOException _) {
      return null; // Another user's, or gone.
    }
  }
}
