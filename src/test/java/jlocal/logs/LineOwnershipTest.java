package jlocal.logs;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.Test;

class LineOwnershipTest {
  private static final long LATER = MILLISECONDS.toNanos(39);
  private static final long TOO_LATE = MILLISECONDS.toNanos(40);

  private final LineOwnership ownership = new LineOwnership();
  private final LineReader web = reader();
  private final LineReader worker = reader();

  LineOwnershipTest() throws IOException {}

  @Test
  void everybody_may_speak_between_lines() {
    ownership.afterRead(web, false);
    assertThat(ownership.isFor(worker, 0)).isTrue();
    assertThat(ownership.isFor(null, 0)).isTrue();
  }

  @Test
  void a_long_line_is_not_interrupted_before_others_have_waited_long() {
    ownership.afterRead(web, true);
    assertThat(ownership.isFor(web, 0)).isTrue();
    assertThat(ownership.isFor(worker, 1000)).isFalse();
    ownership.afterRead(web, true);
    assertThat(ownership.isFor(null, 1000 + LATER)).isFalse();
    assertThat(ownership.isFor(worker, 1000 + TOO_LATE)).isTrue();
  }

  @Test
  void a_line_once_interrupted_does_not_make_others_wait_again() {
    ownership.afterRead(web, true);
    assertThat(ownership.isFor(worker, 0)).isFalse();
    assertThat(ownership.isFor(worker, TOO_LATE)).isTrue();
    ownership.afterRead(web, true);
    assertThat(ownership.isFor(worker, TOO_LATE)).isTrue();
    ownership.afterRead(web, false);
    ownership.afterRead(web, true);
    assertThat(ownership.isFor(worker, TOO_LATE)).isFalse();
  }

  @Test
  void others_wait_for_each_long_line_anew() {
    ownership.afterRead(web, true);
    assertThat(ownership.isFor(worker, 0)).isFalse();
    ownership.afterRead(web, false);
    assertThat(ownership.isFor(worker, 1)).isTrue();
    ownership.afterRead(worker, true);
    assertThat(ownership.isFor(web, TOO_LATE)).isFalse();
  }

  private static LineReader reader() throws IOException {
    return new LineReader(Source.MANAGER, Pipe.open().source(), false);
  }
}
