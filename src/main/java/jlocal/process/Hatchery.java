package jlocal.process;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import jlocal.formation.ProcessSpec;
import jlocal.os.Child;
import jlocal.os.SpawnFailure;
import jlocal.os.Spawner;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes on a thread of its own, so that the manager never waits: one after the other, or
 * several at a time when a crowd waits, for most of the time a new process is waited for.
 */
final class Hatchery implements AutoCloseable {
  private static final int CROWD = 16;
  private static final int HANDS = 4;

  private final Workplace workplace;
  private final Spawner spawner;
  private final OutputReader outputs;
  private final ThreadPoolExecutor threads =
      (ThreadPoolExecutor)
          Executors.newFixedThreadPool(1, Thread.ofPlatform().name("spawner").daemon().factory());

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
    if (threads.getQueue().size() == CROWD) {
      threads.setMaximumPoolSize(HANDS);
      threads.setCorePoolSize(HANDS);
    }
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
