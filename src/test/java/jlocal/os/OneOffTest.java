package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneOffTest {
  @TempDir private Path folder;

  private Process process(Map<String, @Nullable String> variables, String... argv)
      throws IOException {
    var script = OneOff.script(new Launch(List.of(argv), folder, variables), List.of());
    var shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    shell.environment().put("GONE", "x");
    return shell.start();
  }

  private String output(Map<String, @Nullable String> variables, String... argv)
      throws IOException {
    return read(process(variables, argv));
  }

  private static String read(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "a b", "it's", "'''", "$HOME `id` \\ \"", "two\nlines\n", "ümlaut"})
  void a_value_arrives_unchanged(String value) throws IOException {
    assertThat(output(Map.of("KEY", value), "printenv", "KEY")).isEqualTo(value + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"odd.name", "PPID", "UID", "0", "a-b", "SHELLOPTS"})
  void a_name_that_no_shell_exports_arrives_too(String name) throws IOException {
    assertThat(output(Map.of(name, "a value"), "env")).contains(name + "=a value\n");
  }

  @Test
  void a_variable_is_removed() throws IOException {
    var without = new HashMap<String, @Nullable String>();
    without.put("GONE", null);

    assertThat(output(without, "env")).doesNotContain("GONE");
  }

  @Test
  void arguments_and_folder_arrive() throws IOException {
    String script = "pwd -P; printf '<%s>' \"$@\"";

    String printed = output(Map.of(), "sh", "-c", script, "-", "a b", "", "'");

    assertThat(printed).isEqualTo(folder.toRealPath() + "\n<a b><><'>");
  }

  /** Arguments may be any bytes, which Java strings cannot represent. */
  @Test
  void arguments_that_were_typed_are_the_shells_own() throws IOException {
    var launch = new Launch(List.of("printf", "<%s>", "\uFFFD", "x"), folder, Map.of("a.b", "1"));
    var script = OneOff.script(launch, List.of("<%s>", "\uFFFD", "x"));
    var shell = new ProcessBuilder("sh", "-c", script + "\n", "-", "java", "<%s>", "é", "x");

    assertThat(read(shell.redirectErrorStream(true).start())).isEqualTo("<é><x>");
  }

  @Test
  void the_command_has_the_pid_of_the_shell() throws IOException {
    Process process = process(Map.of(), "sh", "-c", "echo $$");

    assertThat(read(process)).isEqualTo(process.pid() + "\n");
  }
}
