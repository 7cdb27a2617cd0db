package jlocal.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of {@code ready=}. */
class ReadinessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "port | its port 5000",
        "port:1 | port 1",
        "port:65535 | port 65535",
        "/ | GET / on port 5000",
        "/!health | GET /!health on port 5000",
        "log:ready in .* | a line with 'ready in .*'",
        "exec:pg_isready | 'pg_isready'",
        "exit | its end",
        "notify | READY=1",
      })
  void a_check_says_what_it_waits_for(String text, String wanted) {
    assertThat(Readiness.of(text).wanted(5000)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "port:",
        "port:0",
        "port:65536",
        "port:x",
        "log",
        "log:",
        "exec:",
        "exit:1",
        "notify:now",
        "https://x",
        "log:[",
        "/a b",
        "/\u007f",
        "/ä"
      })
  void other_values_are_refused(String text) {
    assertThatThrownBy(() -> Readiness.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
