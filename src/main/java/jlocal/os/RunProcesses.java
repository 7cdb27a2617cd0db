package jlocal.os;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Processes of ours wherever they are: daemons that forked twice, children that called setsid(2),
 * what an earlier run left. They are known by their {@link Cgroup} where there is one, by the
 * {@link RunId} they were started with, and as orphans that the {@link Subreaper} has adopted; each
 * finds some that the others miss (docs/measurements.md). Without /proc (macOS) none is ever found.
 */
public final class RunProcesses {
  private final Supplier<Set<Long>> members;
  private final Predicate<ProcFs.Stat> ours;

  /** Pid and start time of those that were asked to end. */
  private final Map<Long, Long> asked = new HashMap<>();

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

  private RunProcesses(Supplier<Set<Long>> members, Predicate<ProcFs.Stat> ours) {
    this.members = members;
    this.ours = ours;
  }

  /** All that are marked as of this run, in its cgroup, or adopted. */
  static RunProcesses of(RunId run, Cgroup cgroup, Subreaper subreaper) {
    return new RunProcesses(
        cgroup::remaining, process -> subreaper.isAdopted(process) || run.isMarkOf(process));
  }

  /** What earlier runs of the app in this folder left when they and their watchdog were killed. */
  public static RunProcesses leftIn(Path root, Cgroup cgroup) {
    return new RunProcesses(
        () -> cgroup.leftIn(root),
        process -> {
          RunId run = RunId.of(process);
          return run != null && run.isOf(root) && !run.isOwned();
        });
  }

  public int count() {
    return find().size();
  }

  /** Asks each of them to end, once; one that is stopped must run to die. */
  public Left terminate() {
    List<ProcFs.Stat> found = find();
    for (ProcFs.Stat process : found) {
      Long before = asked.put(process.pid(), process.startTime());
      if (Objects.equals(before, process.startTime())) continue;
      signal(process, Signal.TERM);
      signal(process, Signal.CONT);
    }
    return left(found);
  }

  public Left kill() {
    List<ProcFs.Stat> found = find();
    found.forEach(process -> signal(process, Signal.KILL));
    return left(found);
  }

  public List<LiveProcess> remaining() {
    return find().stream().map(process -> LiveProcess.of(process.pid(), false)).toList();
  }

  private static Left left(List<ProcFs.Stat> found) {
    int allowed = (int) found.stream().filter(process -> Kill.isAllowed(process.pid())).count();
    return new Left(allowed, found.size() - allowed);
  }

  /** Only if it still is the process it was when it was found. */
  private static void signal(ProcFs.Stat process, Signal signal) {
    if (process.isStill()) Kill.send(process.pid(), signal);
  }

  private List<ProcFs.Stat> find() {
    Set<Long> enclosed = members.get();
    return ProcFs.processes().stream()
        .filter(process -> !process.zombie())
        .filter(process -> enclosed.contains(process.pid()) || ours.test(process))
        .toList();
  }
}
