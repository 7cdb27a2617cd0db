package jlocal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeConflictsTest {
  @ParameterizedTest
  @ValueSource(strings = {"<<<<<<< HEAD", "=======", ">>>>>>> topic", "||||||| base"})
  void each_marker_alone_on_a_line_is_reported(String marker) {
    assertThat(MergeConflicts.isMarker(marker)).isTrue();
    assertThat(new MergeConflicts(".env").at(5, marker))
        .hasToString(".env:5: error: unresolved merge conflict");
  }

  @ParameterizedTest
  @ValueSource(strings = {"========", "======", " =======", "<<<<<<<", "=== app Config Vars"})
  void a_banner_is_not_a_marker(String line) {
    assertThat(MergeConflicts.isMarker(line)).isFalse();
  }

  @Test
  void each_conflict_is_reported_once() {
    var conflict = new MergeConflicts("Procfile");
    assertThat(conflict.at(1, "<<<<<<< HEAD")).isNotNull();
    assertThat(conflict.at(3, "||||||| base")).isNull();
    assertThat(conflict.at(5, "=======")).isNull();
    assertThat(conflict.at(7, ">>>>>>> topic")).isNull();
    assertThat(conflict.at(9, "<<<<<<< HEAD")).isNotNull();
  }
}
