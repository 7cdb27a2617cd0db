package jlocal.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jlocal.formation.InstanceName;
import jlocal.process.InstanceSnapshot;
import jlocal.process.ProcessState;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private static InstanceSnapshot instance(int index, int failedGeneration) {
    var name = new InstanceName(ProcessType.WEB, index);
    return new InstanceSnapshot(
        name, 0, true, 3, new ProcessState.Up(7), 0, 0, null, failedGeneration, null, null, 0);
  }

  @Test
  void the_first_crash_of_a_series_and_its_end_are_notified() {
    var fine = List.of(instance(1, 0), instance(2, 0));
    var crashed = List.of(instance(1, 1), instance(2, 0));
    var again = List.of(instance(1, 2), instance(2, 0));

    assertThat(Notices.news(List.of(), fine)).isEmpty();
    assertThat(Notices.news(fine, crashed)).containsExactly("web.1 could not be started");
    assertThat(Notices.news(crashed, again)).isEmpty();
    assertThat(Notices.news(again, fine)).containsExactly("web.1 is up again");
  }
}
