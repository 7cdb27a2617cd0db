package jlocal.os;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Starts children, each in a session of its own, on a pipe or on a terminal. */
public final class Spawner implements AutoCloseable {
  /** Enough for two starts, each with at most twelve, and for other threads. */
  private static final int DESCRIPTORS = 32;

  private final Cgroup cgroup;
  private final SessionLeader session = SessionLeader.available();
  private final ScheduledExecutorService reaper = Threads.scheduler("orphans");
  private final Subreaper subreaper = new Subreaper(reaper);
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final Deque<Fifo> silences = new ArrayDeque<>();

  /**
   * @param cgroup the group of the children
   */
  public Spawner(Cgroup cgroup) {
    this.cgroup = cgroup;
  }

  /**
   * Starts a child as the leader of its own session. Its stdin is open and empty, so that watchers
   * that end on end-of-file keep running. Any thread; two may be started at the same time.
   *
   * @throws SpawnFailure if the system refuses, with the reason as a sentence
   */
  public Child spawn(Launch launch) throws SpawnFailure {
    cgroup.folder(); // Wait: an early child would not be in the group.
    requireDescriptors();
    WindowSize size = launch.terminal();
    Pty terminal = size == null ? null : openTerminal(size);
    return terminal == null ? onPipe(launch) : onTerminal(launch, terminal);
  }

  /**
   * Ensures that the JDK can open the files it needs for a start. If it cannot, it also closes
   * descriptor 0, which it never opened (JDK 25, {@code forkAndExec}: descriptors not yet opened
   * are 0): our stdin, and then whatever another thread has opened there. They are counted rather
   * than tried, since other threads need some at the same time.
   */
  private static void requireDescriptors() throws SpawnFailure {
    if (Machine.unusedFileDescriptors() < DESCRIPTORS) {
      throw SpawnFailure.tooManyFiles(new IOException("Too many open files"));
    }
  }

  private Child onPipe(Launch launch) throws SpawnFailure {
    OutputPipe pipe = openPipe();
    try {
      ProcessBuilder builder = builder(argv(List.of(), launch), launch);
      // One file for all: the JDK iterates over all open files in each start.
      builder.redirectInput(silence()).redirectOutput(pipe.writer());
      var child = start(builder);
      return new Child(child.process(), pipe, child.exit(), null);
    } catch (SpawnFailure e) {
      abandon(pipe);
      throw e;
    } finally {
      pipe.closeWriter(); // Only the child writes to it.
    }
  }

  private static void abandon(ChildOutput output) {
    output.close();
    output.readBy(() -> {});
  }

  private static ProcessBuilder builder(List<String> argv, Launch launch) {
    var builder = new ProcessBuilder(argv).directory(launch.directory().toFile());
    CallerEnvironment.apply(launch.environment(), builder.environment());
    // The target of stderr has no effect here, but saves the pipe that the JDK would create.
    return builder.redirectErrorStream(true).redirectError(Redirect.INHERIT);
  }

  private Child onTerminal(Launch launch, Pty terminal) throws SpawnFailure {
    try {
      ProcessBuilder builder = builder(argv(terminal.stub(), launch), launch);
      // The stub opens the terminal.
      builder.redirectInput(new File("/dev/null")).redirectOutput(Redirect.DISCARD);
      var child = start(builder);
      var exit = child.exit().whenComplete((_, _) -> terminal.closeSlave());
      return new Child(child.process(), terminal, exit, terminal);
    } catch (SpawnFailure e) {
      terminal.closeSlave();
      abandon(terminal);
      throw e;
    }
  }

  private Subreaper.Started start(ProcessBuilder builder) throws SpawnFailure {
    try {
      var child = subreaper.start(builder);
      first.complete(null);
      return child;
    } catch (IOException e) {
      throw SpawnFailure.from(e);
    } catch (OutOfMemoryError e) {
      throw new SpawnFailure(e);
    }
  }

  /**
   * Adopts orphans from now on. To be called once the first child is being started: the JVM's first
   * call of the C library takes longer than starting the child, but not longer than a program needs
   * to become a daemon.
   */
  public void adoptOrphans() {
    Fifo.deleteLeftovers();
    if (!subreaper.open()) return;
    var _ = first.thenRun(subreaper::reapZombies);
  }

  /** Returns all processes of the run but the watchdog. */
  public RunProcesses processes(RunId run) {
    return RunProcesses.of(run, cgroup, subreaper);
  }

  public Watchdog watchdog(RunId run, Duration grace) {
    return new Watchdog(run, grace, cgroup, subreaper);
  }

  private List<String> argv(List<String> stub, Launch launch) {
    var argv = new ArrayList<>(stub);
    argv.addAll(session.wrapper());
    argv.addAll(launch.argv());
    return argv;
  }

  /** Returns null if no terminal is available: the child then runs on a pipe. */
  private static @Nullable Pty openTerminal(WindowSize size) throws SpawnFailure {
    try {
      return Pty.open(size);
    } catch (IOException _) {
      return null;
    } catch (OutOfMemoryError e) {
      throw new SpawnFailure(e);
    }
  }

  private static OutputPipe openPipe() throws SpawnFailure {
    try {
      return OutputPipe.open();
    } catch (IOException e) {
      throw SpawnFailure.noPipe(e);
    } catch (OutOfMemoryError e) {
      throw new SpawnFailure(e);
    }
  }

  /** A pipe that nothing is ever written to; replaced if its file is gone. */
  private synchronized File silence() throws SpawnFailure {
    try {
      if (silences.isEmpty() || !silences.getFirst().file().exists()) silences.push(Fifo.open());
      return silences.getFirst().file();
    } catch (IOException e) {
      throw SpawnFailure.noPipe(e);
    } catch (OutOfMemoryError e) {
      throw new SpawnFailure(e);
    }
  }

  /** To be called when no child is left. */
  @Override
  public synchronized void close() {
    silences.forEach(Fifo::close);
    reaper.shutdownNow();
  }
}
