package jlocal.process;

import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import jlocal.formation.ProcessSpec;
import jlocal.os.Child;
import jlocal.os.SpawnFailure;
import jlocal.os.Spawner;
import jlocal.os.Threads;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes on threads of its own, so that the manager never waits; two at a time, for most
 * of a start is waiting for the system.
 */
final class Hatchery implements AutoCloseable {
  private final Workplace workplace;
  private final Spawner spawner;
  private final OutputReader outputs;
  private final ExecutorService threads = Threads.prepared(2, "spawner");

  Hatchery(Workplace workplace, Spawner spawner, OutputReader outputs) {
    this.workplace = workplace;
    this.spawner = spawner;
    this.outputs = outputs;
  }

  /** A process that lives, or the reason why there is none. */
  sealed interface Hatched {
    record Alive(Child child) implements Hatched {}

    /**
     * There is no process.
     *
     * @param temporary whether a later try may succeed
     */
    record Stillborn(String why, boolean temporary) implements Hatched {}
  }

  void hatch(ProcessSpec spec, Consumer<Hatched> then) {
    threads.execute(() -> then.accept(hatch(spec)));
  }

  private Hatched hatch(ProcessSpec spec) {
    try {
      return new Hatched.Alive(spawner.spawn(workplace.launch(spec)));
    } catch (SpawnFailure e) {
      return new Hatched.Stillborn(String.valueOf(e.getMessage()), e.isTemporary());
    } catch (IllegalArgumentException _) {
      // ProcessBuilder: a NUL in a value, or an '=' in a name.
      return new Hatched.Stillborn("one of its variables cannot be passed on", false);
    } catch (OutOfMemoryError e) {
      return new Hatched.Stillborn(SpawnFailure.reason(e), true);
    } catch (RuntimeException | Error bug) {
      // Else everybody would wait for it for ever.
      return new Hatched.Stillborn("a bug in jlocal, please report it: " + bug, false);
    }
  }

  /** Why the shell did not find the command; null when it is there. */
  @Nullable String missing(ProcessSpec spec) {
    return workplace.missing(spec);
  }

  OutputReader outputs() {
    return outputs;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
