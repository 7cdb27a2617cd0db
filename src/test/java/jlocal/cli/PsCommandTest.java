package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PsCommandTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 KB",
    "1048575, 1023 KB",
    "1048576, 1.0 MB",
    "10485759, 10.0 MB",
    "10485760, 10 MB",
    "10737418239, 10240 MB",
    "10737418240, 10.0 GB"
  })
  void memory_has_the_unit_that_top_shows(long bytes, String text) {
    assertThat(PsCommand.memory(bytes)).isEqualTo(text);
  }
}
