package jlocal.os;

import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A process we started: leader of its own session and process group. */
public interface Child {
  /** Its pid, which is its group's id as well. */
  long pid();

  /**
   * What it and its descendants write, stdout and stderr in one pipe so that their order is exact.
   * Ours alone: it ends when the last of them has closed it, not when the leader exits.
   */
  Pipe.SourceChannel output();

  /** Completes when the leader has exited; others of its group may live on. */
  CompletionStage<ExitStatus> exit();

  /** Signals every process of its group. A group that is gone is no error. */
  void signal(Signal signal);

  /** Whether any process of its group is left, zombies not counted. */
  boolean groupAlive();

  /**
   * The processes that keep it alive: the leader, or, when that has exited, the processes of its
   * group that run. Where the system does not list processes (macOS), the leader only.
   */
  List<LiveProcess> remaining();

  /** Its terminal; null when it has none. */
  @Nullable Screen screen();

  /** Its terminal, if it has one, shows so much from now on; its group gets SIGWINCH. */
  void resize(WindowSize size);
}
