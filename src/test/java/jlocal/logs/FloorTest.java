package jlocal.logs;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.Test;

class FloorTest {
  private static final long LATER = MILLISECONDS.toNanos(39);
  private static final long TOO_LATE = MILLISECONDS.toNanos(40);

  private final Floor floor = new Floor();
  private final Inlet web = inlet();
  private final Inlet worker = inlet();

  FloorTest() throws IOException {}

  @Test
  void everybody_may_speak_between_lines() {
    floor.spoke(web, false);
    assertThat(floor.isFor(worker, 0)).isTrue();
    assertThat(floor.isFor(null, 0)).isTrue();
  }

  @Test
  void a_long_line_is_not_interrupted_before_others_have_waited_long() {
    floor.spoke(web, true);
    assertThat(floor.isFor(web, 0)).isTrue();
    assertThat(floor.isFor(worker, 1000)).isFalse();
    floor.spoke(web, true);
    assertThat(floor.isFor(null, 1000 + LATER)).isFalse();
    assertThat(floor.isFor(worker, 1000 + TOO_LATE)).isTrue();
  }

  @Test
  void a_line_once_interrupted_does_not_make_others_wait_again() {
    floor.spoke(web, true);
    assertThat(floor.isFor(worker, 0)).isFalse();
    assertThat(floor.isFor(worker, TOO_LATE)).isTrue();
    floor.spoke(web, true);
    assertThat(floor.isFor(worker, TOO_LATE)).isTrue();
    floor.spoke(web, false);
    floor.spoke(web, true);
    assertThat(floor.isFor(worker, TOO_LATE)).isFalse();
  }

  @Test
  void others_wait_for_each_long_line_anew() {
    floor.spoke(web, true);
    assertThat(floor.isFor(worker, 0)).isFalse();
    floor.spoke(web, false);
    assertThat(floor.isFor(worker, 1)).isTrue();
    floor.spoke(worker, true);
    assertThat(floor.isFor(web, TOO_LATE)).isFalse();
  }

  private static Inlet inlet() throws IOException {
    return new Inlet(Source.MANAGER, Pipe.open().source(), false);
  }
}
