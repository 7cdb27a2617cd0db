package jlocal.os;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A process we started: leader of its own session and process group, signalled as a group; kill(2)
 * with a negative pid.
 */
public final class Child {
  private final Process process;
  private final ChildOutput output;
  private final CompletionStage<ExitStatus> exit;
  private final @Nullable Pty terminal;

  Child(
      Process process,
      ChildOutput output,
      CompletionStage<ExitStatus> exit,
      @Nullable Pty terminal) {
    this.process = process;
    this.output = output;
    this.exit = exit;
    this.terminal = terminal;
  }

  /** Its pid, which is its group's id as well. */
  public long pid() {
    return process.pid();
  }

  /** What it and its descendants write. */
  public ChildOutput output() {
    return output;
  }

  /** Completes when the leader has exited; others of its group may run on. */
  public CompletionStage<ExitStatus> exit() {
    return exit;
  }

  /** Signals every process of its group. A group that is gone is no error. */
  public void signal(Signal signal) {
    boolean hadGroup = Kill.send(-pid(), signal);
    // Just spawned: setsid(1) has not run yet, so the group does not exist, but the process does.
    // The JDK reaps it, so while isAlive() holds the pid is still its own.
    if (!hadGroup && process.isAlive()) Kill.send(pid(), signal);
  }

  /** Whether any process of its group is left, zombies not counted. */
  public boolean groupAlive() {
    if (process.isAlive()) return true;
    // A group's id is not given to a new process while any member lives; zombies count as members.
    if (!Kill.isThere(-pid())) return false;
    List<ProcFs.Stat> processes = ProcFs.processes();
    return processes.isEmpty() || processes.stream().anyMatch(this::isMember); // Empty: macOS.
  }

  /**
   * The processes that keep it alive: the leader, or, when that has exited, the processes of its
   * group that run. Where the system does not list processes (macOS), the leader only.
   */
  public List<LiveProcess> remaining() {
    if (process.isAlive()) return List.of(LiveProcess.of(pid(), true));
    if (!Kill.isThere(-pid())) return List.of(); // It takes long to read all of /proc.
    return ProcFs.processes().stream()
        .filter(this::isMember)
        .map(member -> LiveProcess.of(member.pid(), false))
        .toList();
  }

  private boolean isMember(ProcFs.Stat process) {
    return process.group() == pid() && !process.zombie();
  }

  /** Its terminal; null when it has none. */
  public @Nullable Screen screen() {
    return terminal == null ? null : new Screen(terminal, this);
  }

  /** Its terminal, if it has one, shows so much from now on; its group gets SIGWINCH. */
  public void resize(WindowSize size) {
    if (terminal != null && !terminal.isWatched()) resize(terminal, size);
  }

  /** Resizes it even when it has a viewer. */
  void resize(Pty terminal, WindowSize size) {
    terminal.resize(size);
    signal(Signal.WINCH); // The kernel signals only a group that the terminal controls.
  }
}
