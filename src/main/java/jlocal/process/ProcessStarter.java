package jlocal.process;

import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import jlocal.formation.ProcessSpec;
import jlocal.os.Child;
import jlocal.os.Launch;
import jlocal.os.SpawnFailure;
import jlocal.os.Threads;

/**
 * Starts processes on two threads of its own, so that the manager never waits. Two suffice, since
 * most of a start is waiting for the system.
 */
final class ProcessStarter implements AutoCloseable {
  private final LaunchContext context;
  private final Spawn spawn;
  private final ExecutorService threads = Threads.prepared(2, "spawner");

  /** Starts a process; {@link jlocal.os.Spawner#spawn}. */
  interface Spawn {
    Child start(Launch launch) throws SpawnFailure;
  }

  ProcessStarter(LaunchContext context, Spawn spawn) {
    this.context = context;
    this.spawn = spawn;
  }

  /** A running process, or the reason why there is none. */
  sealed interface Result {
    record Started(Child child) implements Result {}

    /**
     * There is no process.
     *
     * @param temporary whether a later try may succeed
     */
    record Failed(String why, boolean temporary) implements Result {}
  }

  /** Starts a process; {@code then} gets the result on a thread of the starter. */
  void start(ProcessSpec spec, Consumer<Result> then) {
    threads.execute(() -> then.accept(start(spec)));
  }

  private Result start(ProcessSpec spec) {
    try {
      return new Result.Started(spawn.start(context.launch(spec)));
    } catch (SpawnFailure e) {
      return new Result.Failed(String.valueOf(e.getMessage()), e.isTemporary());
    } catch (IllegalArgumentException _) {
      // ProcessBuilder rejected a NUL in a value, or an '=' in a name.
      return new Result.Failed("one of its variables cannot be passed on", false);
    } catch (OutOfMemoryError e) {
      return new Result.Failed(SpawnFailure.reason(e), true);
    } catch (RuntimeException | Error bug) {
      // Without a result the instance would be starting without end.
      return new Result.Failed("a bug in jlocal, please report it: " + bug, false);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
