package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jlocal.formation.ProcessSpec;
import jlocal.os.RunId;
import jlocal.os.Shell;
import jlocal.os.Spawner;
import jlocal.procfile.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HatcheryTest {
  private final CyclicBarrier both = new CyclicBarrier(2);

  @TempDir Path root;

  /** Neither start returns before the other has begun. */
  @Test
  void two_are_started_at_a_time() throws Exception {
    var started = new CountDownLatch(2);
    Spawner spawner =
        launch -> {
          await();
          throw new IllegalArgumentException("not really");
        };
    var id = new RunId("e57", 1, "0");
    var workplace = new Workplace(Shell.standard(), root, id, Map.of(), null);

    try (var hatchery = new Hatchery(workplace, spawner, new Collected())) {
      hatchery.hatch(spec("one"), _ -> started.countDown());
      hatchery.hatch(spec("two"), _ -> started.countDown());

      assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(both.isBroken()).isFalse();
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
    return new ProcessSpec(Stage.name(type), new Command("true"), 5000, new LinkedHashMap<>());
  }
}
