package jlocal.os;

import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A child that leads its own process group, signalled as a group; kill(2) with a negative pid. */
record SessionChild(
    Process process,
    Pipe.SourceChannel output,
    CompletionStage<ExitStatus> exit,
    @Nullable Pty terminal)
    implements Child {

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void signal(Signal signal) {
    boolean hadGroup = Kill.send(-pid(), signal);
    // Just spawned: setsid(1) has not run yet, so the group does not exist, but the process does.
    // The JDK reaps it, so while isAlive() holds the pid is still its own.
    if (!hadGroup && process.isAlive()) Kill.send(pid(), signal);
  }

  @Override
  public boolean groupAlive() {
    if (process.isAlive()) return true;
    // A group's id is not given to a new process while any member lives; zombies count as members.
    return Kill.isThere(-pid()) && ProcessTable.now().hasGroup(pid());
  }

  @Override
  public List<LiveProcess> remaining() {
    if (process.isAlive()) return List.of(LiveProcess.of(pid(), true));
    return ProcessTable.now().processes().stream()
        .filter(member -> member.group() == pid() && !member.zombie())
        .map(member -> LiveProcess.of(member.pid(), false))
        .toList();
  }

  @Override
  public @Nullable Screen screen() {
    return terminal == null ? null : new PtyTerminal(terminal, this);
  }

  @Override
  public void resize(WindowSize size) {
    if (terminal != null && !terminal.isWatched()) resize(terminal, size);
  }

  /** Resizes it even when it has a viewer. */
  void resize(Pty terminal, WindowSize size) {
    terminal.resize(size);
    signal(Signal.WINCH); // The kernel signals only a group that the terminal controls.
  }
}
