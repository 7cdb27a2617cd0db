package jlocal.process;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import jlocal.formation.ProcessSpec;
import jlocal.os.Child;
import jlocal.os.SpawnFailure;
import jlocal.os.Spawner;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes on threads of its own, so that the manager never waits; two at a time, for most
 * of a start is waiting for the system.
 */
final class Hatchery implements AutoCloseable {
  private final Workplace workplace;
  private final Spawner spawner;
  private final OutputReader outputs;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(2, Thread.ofPlatform().name("spawner").daemon().factory());

  Hatchery(Workplace workplace, Spawner spawner, OutputReader outputs) {
    this.workplace = workplace;
    this.spawner = spawner;
    this.outputs = outputs;
  }

  /** A process that lives, or the reason why there is none. */
  sealed interface Hatched {
    record Alive(Child child) implements Hatched {}

    record Stillborn(String why) implements Hatched {}
  }

  void hatch(ProcessSpec spec, Consumer<Hatched> then) {
    threads.execute(() -> then.accept(hatch(spec)));
  }

  private Hatched hatch(ProcessSpec spec) {
    try {
      return new Hatched.Alive(spawner.spawn(workplace.launch(spec)));
    } catch (SpawnFailure e) {
      return new Hatched.Stillborn(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException _) {
      // ProcessBuilder: a NUL in a value, or an '=' in a name.
      return new Hatched.Stillborn("one of its variables cannot be passed on");
    } catch (RuntimeException | LinkageError bug) {
      // Else everybody would wait for it for ever.
      return new Hatched.Stillborn("a bug in jlocal, please report it: " + bug);
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
