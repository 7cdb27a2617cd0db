package jlocal.os;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A child process, the leader of its own session and process group. Signals go to the group;
 * kill(2) with a negative pid.
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

  /** Its pid, and the id of its group. */
  public long pid() {
    return process.pid();
  }

  /** The output of the child and its descendants. */
  public ChildOutput output() {
    return output;
  }

  /** Completes when the leader has exited; others of its group may still run. */
  public CompletionStage<ExitStatus> exit() {
    return exit;
  }

  /** Signals all processes of its group, if any. */
  public void signal(Signal signal) {
    boolean hadGroup = Kill.send(-pid(), signal);
    // Right after the spawn, setsid(1) has not run yet: there is a process but no group. The JDK
    // reaps it, so while isAlive() holds, the pid is still its own.
    if (!hadGroup && process.isAlive()) Kill.send(pid(), signal);
  }

  /** Whether any process of its group is left, except zombies. */
  public boolean groupAlive() {
    if (process.isAlive()) return true;
    // The id of a group is not reused while it has members; zombies count as members.
    if (!Kill.isThere(-pid())) return false;
    List<ProcFs.Stat> processes = ProcFs.processes();
    return processes.isEmpty() || processes.stream().anyMatch(this::isMember); // Empty: macOS.
  }

  /**
   * Returns the processes that keep it alive: the leader, or, if that has exited, the running
   * processes of its group. Where processes cannot be listed (macOS), only the leader.
   */
  public List<LiveProcess> remaining() {
    if (process.isAlive()) return List.of(LiveProcess.of(pid(), true));
    if (!Kill.isThere(-pid())) return List.of(); // Reading all of /proc takes long.
    return ProcFs.processes().stream()
        .filter(this::isMember)
        .map(member -> LiveProcess.of(member.pid(), false))
        .toList();
  }

  private boolean isMember(ProcFs.Stat process) {
    return process.group() == pid() && !process.zombie();
  }

  /** Its terminal; null if it has none. */
  public @Nullable ChildTerminal screen() {
    return terminal == null ? null : new ChildTerminal(terminal, this);
  }

  /** Sets the size of its terminal, if it has one; its group gets SIGWINCH. */
  public void resize(WindowSize size) {
    if (terminal != null && !terminal.isWatched()) resize(terminal, size);
  }

  /** Sets the size even if the terminal has a viewer. */
  void resize(Pty terminal, WindowSize size) {
    terminal.resize(size);
    signal(Signal.WINCH); // The kernel signals only the foreground group of a controlling terminal.
  }
}
