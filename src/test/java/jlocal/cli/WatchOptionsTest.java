package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchOptionsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "start {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                       | ''              | ''",
        "--watch                  | on              | ''",
        "--watch web              | on              | web",
        "--watch web=2            | on              | web",
        "--watch web=src/**,*.py  | web=src/**,*.py | ''",
        "--watch *.py web         | *.py            | web",
        "--watch --watch web=src  | on web=src      | ''",
        "--watch=src              | src             | ''",
        "--watch !data            | !data           | ''",
        "--watch --no-watch       | ''              | ''",
        "--no-watch --watch       | on              | ''"
      })
  void a_type_behind_it_is_no_pattern(String args, String watched, String types) throws Exception {
    var options = Typed.start(args);
    assertThat(String.join(" ", options.watch().words())).isEqualTo(watched);
    assertThat(options.request().scale().counts().keySet().toString()).isEqualTo("[" + types + "]");
  }

  private List<String> words(String args, Map<String, String> environment) throws Exception {
    return Typed.start(args, environment, folder).options().watch().words();
  }

  private void given(String settings) throws IOException {
    Files.writeString(folder.resolve(".jlocal"), settings);
  }

  @Test
  void the_settings_file_has_a_key_for_each_type() throws Exception {
    given("watch: true\nwatch.web: src lib\nwatch.Big_job: '*.py, !data'\n");
    assertThat(words("", Map.of())).containsExactly("on", "web=src,lib", "Big_job=*.py,!data");
    assertThat(words("--no-watch", Map.of())).isEmpty();
    assertThat(words("", Map.of("JLOCAL_WATCH", "0"))).isEmpty();
    assertThat(words("--watch worker=x/", Map.of())).containsExactly("worker=x/");
  }

  @Test
  void no_other_setting_has_one() throws Exception {
    given("port.web: 1\n");
    assertThat(Typed.start("", Map.of(), folder).warnings())
        .hasToString("[" + folder + "/.jlocal:1: warning: unknown setting 'port.web']");
  }
}
