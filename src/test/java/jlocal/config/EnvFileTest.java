package jlocal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an env file promises to code that knows dotenv-java only. */
class EnvFileTest {
  private final Dotenv file = EnvParser.parse("B=1\nPATH=here\nA=2\nB=3\n", ".env").value();

  private static List<String> shown(Iterable<DotenvEntry> entries) {
    var shown = new java.util.ArrayList<String>();
    entries.forEach(entry -> shown.add(entry.getKey() + "=" + entry.getValue()));
    return shown;
  }

  @Test
  void entries_are_the_last_values_in_file_order() {
    assertThat(shown(file.entries())).containsExactly("B=3", "PATH=here", "A=2");
    assertThat(shown(file.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)))
        .containsExactly("B=3", "PATH=here", "A=2");
  }

  @Test
  void the_environment_of_jlocal_is_not_mixed_in() {
    assertThat(file.get("PATH")).isEqualTo("here");
    assertThat(file.get("HOME")).isNull();
  }

  @Test
  void a_missing_name_has_the_value_asked_for() {
    assertThat(file.get("NONE", "default")).isEqualTo("default");
    assertThat(file.get("A", "default")).isEqualTo("2");
  }
}
