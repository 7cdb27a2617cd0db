package jlocal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadSizeTest {
  @ParameterizedTest(name = "{4}: {0} KB, read {1} KB in {2} µs")
  @CsvSource({
    "256, 256, 100, 256, as much as there is room for",
    "256, 256, 900, 128, a long round",
    "128, 128, 900,  64, a long round again",
    " 64,  64, 900,  64, not less than a pipe holds",
    " 64,  64, 100, 128, a short round",
    " 64,  64, 300,  64, a round of the right length",
    " 64,  10, 900,  64, little was there: reading less would not have helped",
    " 64,  10,  10,  64, little was there: reading more would not have helped",
  })
  void a_round_that_takes_long_is_followed_by_a_smaller_one(
      int amount, int mostRead, long micros, int next, String why) {
    long took = TimeUnit.MICROSECONDS.toNanos(micros);

    assertThat(ReadSize.next(amount * 1024, mostRead * 1024, took)).as(why).isEqualTo(next * 1024);
  }
}
