package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {
  @ParameterizedTest
  @CsvSource({
    "0, exited with code 0",
    "1, exited with code 1",
    "127, exited with code 127",
    "128, exited with code 128",
    "130, terminated by SIGINT",
    "137, terminated by SIGKILL",
    "139, terminated by SIGSEGV",
    "143, terminated by SIGTERM",
    "255, exited with code 255",
  })
  void a_status_has_foremans_words_and_is_passed_on_unchanged(int code, String sentence) {
    assertThat(ExitStatus.of(code).sentence()).isEqualTo(sentence);
    assertThat(ExitStatus.of(code).shellStatus()).isEqualTo(code);
  }
}
