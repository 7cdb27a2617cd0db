package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jlocal.formation.ProcessSpec;
import jlocal.os.RunId;
import jlocal.os.Shell;
import jlocal.procfile.Procfile.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStarterTest {
  private final CyclicBarrier both = new CyclicBarrier(2);

  @TempDir Path root;

  /** Neither start returns before the other has begun. */
  @Test
  void two_processes_are_started_at_a_time() throws Exception {
    var started = new CountDownLatch(2);
    ProcessStarter.Spawn spawner =
        launch -> {
          await();
          throw new IllegalArgumentException("not really");
        };
    var id = new RunId("e57", 1, 0);
    var launchContext = new LaunchContext(Shell.standard(), root, id, Map.of(), null);

    try (var starter = new ProcessStarter(launchContext, spawner)) {
      starter.start(spec("one"), _ -> started.countDown());
      starter.start(spec("two"), _ -> started.countDown());

      assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(both.isBroken()).isFalse();
    }
  }

  @Test
  void a_start_without_a_thread_is_a_temporary_failure() throws Exception {
    var outcome = new CompletableFuture<ProcessStarter.Result>();
    ProcessStarter.Spawn spawner =
        launch -> {
          throw new OutOfMemoryError("unable to create native thread: possibly out of memory");
        };
    var id = new RunId("e57", 1, 0);
    var launchContext = new LaunchContext(Shell.standard(), root, id, Map.of(), null);

    try (var starter = new ProcessStarter(launchContext, spawner)) {
      starter.start(spec("one"), outcome::complete);

      assertThat(outcome.get(60, TimeUnit.SECONDS))
          .isEqualTo(
              new ProcessStarter.Result.Failed("no more processes allowed (see ulimit -u)", true));
    }
  }

  private void await() {
    try {
      both.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProcessSpec spec(String type) {
    return new ProcessSpec(
        ManagerFixture.name(type), new Command("true"), 5000, new LinkedHashMap<>());
  }
}
