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
  /** Two starts, each with twelve at most, and some that others may open meanwhile. */
  private static final int DESCRIPTORS = 32;

  private final Cgroup cgroup;
  private final Session session = Session.available();
  private final ScheduledExecutorService reaper = Threads.scheduler("orphans");
  private final Subreaper subreaper = new Subreaper(reaper);
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final Deque<Fifo> silences = new ArrayDeque<>();

  /** One whose children are in this group. */
  public Spawner(Cgroup cgroup) {
    this.cgroup = cgroup;
  }

  /**
   * Starts one child as the leader of its own session, its stdin open and silent (watchers that end
   * on end-of-file keep running). On any thread; two may be started at the same time.
   *
   * @throws SpawnFailure when the system refuses, with the reason as a sentence
   */
  public Child spawn(Launch launch) throws SpawnFailure {
    cgroup.folder(); // A child started before jlocal is in it would not be in it.
    requireDescriptors();
    WindowSize size = launch.terminal();
    Pty terminal = size == null ? null : openTerminal(size);
    return terminal == null ? onPipe(launch) : onTerminal(launch, terminal);
  }

  /**
   * Makes sure that the JDK can open the files it needs for a start: when it cannot have them all,
   * it closes number 0 as well, which it never opened (JDK 25, {@code forkAndExec}: the numbers it
   * did not get to are 0): our stdin, and then whatever another thread has opened under that
   * number. They are counted, not tried: other threads need some at the same time.
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
      // One for all: the JDK looks through all open files in each start.
      builder.redirectInput(silence()).redirectOutput(pipe.writer());
      var child = start(builder);
      return new Child(child.process(), pipe, child.exit(), null);
    } catch (SpawnFailure e) {
      abandon(pipe);
      throw e;
    } finally {
      pipe.closeWriter(); // Only the child writes.
    }
  }

  private static void abandon(ChildOutput output) {
    output.close();
    output.readBy(() -> {});
  }

  private static ProcessBuilder builder(List<String> argv, Launch launch) {
    var builder = new ProcessBuilder(argv).directory(launch.directory().toFile());
    CallerEnvironment.apply(launch.environment(), builder.environment());
    // Where stderr would go alone has no effect, but saves the pipe that the JDK would make for it.
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
   * From now on orphans are adopted. To be called once the first child is on its way: what the JVM
   * needs for its first call of the C library takes longer than the child to be there, but not
   * longer than a program needs to become a daemon.
   */
  public void adoptOrphans() {
    Fifo.deleteLeftovers();
    if (!subreaper.open()) return;
    var _ = first.thenRun(subreaper::reapZombies);
  }

  /** All processes of the run, wherever they are, but the watchdog. */
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

  /** Null where there are no terminals to be had: the child runs on a pipe as well. */
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

  /** A pipe into which nothing is ever written; a new one when the old one's file is gone. */
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
