package jlocal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LongLinesTest {
  private final AtomicInteger columns = new AtomicInteger(80);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong now = new AtomicLong();
  private final LongLines fit =
      new LongLines(
          LongLines.Mode.TRIM,
          () -> {
            asked.incrementAndGet();
            return columns.get();
          },
          now::get);

  @Test
  void the_width_is_cached_over_many_lines() {
    for (int i = 0; i < 1000; i++) assertThat(fit.columns()).isEqualTo(80);
    assertThat(asked).hasValue(1);
  }

  @Test
  void a_resized_window_is_noticed() {
    assertThat(fit.columns()).isEqualTo(80);
    columns.set(40);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(101));
    assertThat(fit.columns()).isEqualTo(40);
  }
}
