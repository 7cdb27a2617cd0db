package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.TreeSet;
import jlocal.formation.InstanceName;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessState;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RosterTest {
  private static final InstanceName WEB = new InstanceName(ProcessType.WEB, 1);

  private final Roster roster = new Roster();

  private void changed(ProcessState before, ProcessState now) {
    roster.onEvent(new ProcessEvent.Changed(WEB, 5000, before, now));
  }

  private void started() {
    changed(new ProcessState.Down(), new ProcessState.Spawning());
    roster.onEvent(new ProcessEvent.Started(WEB, 42, 5000));
    changed(new ProcessState.Spawning(), new ProcessState.Starting(42));
  }

  @Test
  void a_port_that_is_not_open_yet_is_no_failure() {
    started();
    roster.onEvent(new ProcessEvent.NotListening(WEB, 5000, new TreeSet<>()));
    Thread.startVirtualThread(
        () -> changed(new ProcessState.Starting(42), new ProcessState.Up(42)));

    assertThat(roster.outcome(WEB, 1, Duration.ZERO)).isEqualTo(Outcome.UP);
  }

  @Test
  void a_process_that_is_not_up_within_the_boot_timeout_is_late() {
    started();

    assertThat(roster.outcome(WEB, 1, Duration.ofMillis(20))).isEqualTo(new Outcome.Late(""));
  }

  @Test
  void what_is_known_of_a_late_process_is_told() {
    started();
    roster.onEvent(new ProcessEvent.NotListening(WEB, 5000, new TreeSet<>()));

    assertThat(roster.outcome(WEB, 1, Duration.ofMillis(20)))
        .isEqualTo(
            new Outcome.Late("web.1 has not opened its port 5000; does its command use $PORT?"));
  }
}
