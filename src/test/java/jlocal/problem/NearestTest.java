package jlocal.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> TYPES = List.of("web", "worker", "release", "js");

  @ParameterizedTest
  @CsvSource({
    "worke, worker",
    "wroker, worker",
    "Web, web",
    "wbe, web",
    "webb, web",
    "relaese, release",
    "realese, release",
    "workers, worker",
  })
  void a_typing_error_is_recognized(String word, String meant) {
    assertThat(Nearest.of(word, TYPES)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"clock", "x", "database", "wxyz", "''"})
  void a_different_word_is_not_near(String word) {
    assertThat(Nearest.of(word, TYPES)).isNull();
  }

  @Test
  void of_two_equally_near_the_first_is_taken() {
    assertThat(Nearest.of("web3", List.of("web1", "web2"))).isEqualTo("web1");
  }

  @Test
  void nothing_is_near_when_there_is_nothing() {
    assertThat(Nearest.of("web", List.of())).isNull();
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "'', abc, 3", "kitten, sitting, 3", "ab, ba, 1", "ca, abc, 3"})
  void slips_are_counted(String a, String b, int slips) {
    assertThat(Nearest.slips(a, b)).isEqualTo(slips);
    assertThat(Nearest.slips(b, a)).isEqualTo(slips);
  }
}
