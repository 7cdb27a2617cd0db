package jlocal.logs;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private final RateLimiter allowance = new RateLimiter(2000);

  @Test
  void half_a_second_s_worth_may_come_at_once_and_no_more() {
    assertThat(letsAt(0, 998)).isTrue();
    assertThat(letsAt(0, 2)).isTrue();
    assertThat(letsAt(0, 2)).isTrue();
    assertThat(letsAt(0, 2)).isFalse();
    assertThat(letsAt(1, 2)).isTrue();
    assertThat(letsAt(1, 2)).isFalse();
  }

  @Test
  void a_long_silence_earns_no_more() {
    assertThat(letsAt(3_600_000, 1001)).isTrue();
    assertThat(letsAt(3_600_000, 1)).isFalse();
  }

  @Test
  void a_piece_that_is_too_large_passes_and_the_next_wait_for_it() {
    assertThat(letsAt(0, 10_000)).isTrue();
    assertThat(letsAt(4_499, 1)).isFalse();
    assertThat(letsAt(4_500, 1)).isTrue();
  }

  @Test
  void what_stays_below_always_passes_in_however_small_pieces() {
    for (int ms = 0; ms < 10_000; ms++) assertThat(letsAt(ms, 2)).isTrue();
  }

  private boolean letsAt(long ms, long bytes) {
    return allowance.lets(bytes, MILLISECONDS.toNanos(ms));
  }
}
