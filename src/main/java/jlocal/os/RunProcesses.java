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
 * Finds and ends processes of a run that left their group: daemons that forked twice, children that
 * called setsid(2), processes of earlier runs. They are identified by their {@link Cgroup}, by
 * their {@link RunId}, and as orphans adopted by the {@link Subreaper}; each finds some that the
 * others miss (docs/measurements.md). Without /proc (macOS) none is found.
 */
public final class RunProcesses {
  private final Supplier<Set<Long>> members;
  private final Predicate<ProcFs.Stat> ours;

  /** Pid and start time of the processes that were asked to end. */
  private final Map<Long, Long> asked = new HashMap<>();

  /**
   * How many processes are left.
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

  /** Returns all processes of this run: marked with its id, in its cgroup, or adopted. */
  static RunProcesses of(RunId run, Cgroup cgroup, Subreaper subreaper) {
    return new RunProcesses(
        cgroup::remaining, process -> subreaper.isAdopted(process) || run.isMarkOf(process));
  }

  /**
   * Returns processes of earlier runs of the app in this folder that were killed together with
   * their watchdog.
   */
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

  /** Asks each process to end, once; stopped ones are continued, as they must run to end. */
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

  /** Signals a process if it is still the one that was found. */
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
