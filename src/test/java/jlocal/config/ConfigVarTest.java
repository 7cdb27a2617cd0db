package jlocal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of config vars, and what differs between two sets of them. */
class ConfigVarTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "A, -",
        "_A.b-1, -",
        "'', a config var needs a name",
        "A B, 'a name has only letters, digits and _'",
        "1A, a name begins with a letter or _",
        "-A, a name begins with a letter or _",
        "__A, on Heroku no name begins with __",
        "HEROKU_A, Heroku sets the names that begin with HEROKU_",
      })
  void a_name_that_heroku_would_refuse_is_refused(String name, @Nullable String flaw) {
    assertThat(ConfigVar.flaw(name)).isEqualTo(flaw);
  }

  @Test
  void two_maps_differ_by_what_is_added_removed_and_changed() {
    var diff =
        new MapDiff(
            Map.of("same", 1, "other", 1, "old", 1, "older", 1),
            Map.of("same", 1, "other", 2, "new", 1));
    assertThat(diff.all()).containsExactly("new", "old", "older", "other");
    assertThat(diff.added()).containsExactly("new");
    assertThat(diff.removed()).containsExactly("old", "older");
    assertThat(diff.changed()).containsExactly("other");
  }
}
