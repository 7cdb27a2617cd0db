package jlocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import jlocal.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class EnvFileEditorTest {
  private static EnvFileEditor text(String text) {
    return EnvFileEditor.read(text.getBytes(StandardCharsets.UTF_8), ".env").value();
  }

  private static String set(String before, String name, String value) throws UserError {
    return text(before).with(Map.of(name, value)).text();
  }

  private static EnvFileEditor without(EnvFileEditor text, String name) throws UserError {
    return text.with(Collections.singletonMap(name, null));
  }

  @Test
  void only_the_value_changes() throws Exception {
    var before = "# top\n\nexport A = 'one'  # note\nB: two\nC=\"x\"\n# end";
    assertThat(set(before, "A", "1 2")).isEqualTo(before.replace("one", "1 2"));
    assertThat(set(before, "B", "3")).isEqualTo(before.replace("two", "3"));
    assertThat(set(before, "C", "it's")).isEqualTo(before.replace("x\"", "it's\""));
    assertThat(set(before, "A", "one")).isEqualTo(before);
  }

  @Test
  void line_ends_and_the_byte_order_mark_are_kept() throws Exception {
    assertThat(set("\uFEFFA=1\r\nB=2\r\n", "A", "x")).isEqualTo("\uFEFFA=x\r\nB=2\r\n");
    assertThat(set("\uFEFFA=1\r\nB=2", "C", "3")).isEqualTo("\uFEFFA=1\r\nB=2\r\nC=3\r\n");
    assertThat(set("A=1\rB=2\r", "C", "3")).isEqualTo("A=1\rB=2\rC=3\r");
    assertThat(set("", "C", "3")).isEqualTo("C=3\n");
    assertThat(without(text("\uFEFFA=1\r\nB=2\r\n"), "A").text()).isEqualTo("\uFEFFB=2\r\n");
  }

  @Test
  void the_last_of_several_assignments_is_set_and_all_are_removed() throws Exception {
    var before = "A=1\n# note\nA='2\n3' # x\nB=4\n";
    assertThat(set(before, "A", "5")).isEqualTo("A=1\n# note\nA=5 # x\nB=4\n".replace("5", "'5'"));
    assertThat(without(text(before), "A").text()).isEqualTo("# note\nB=4\n");
  }

  @Test
  void ignored_text_after_a_value_is_replaced_with_it() throws Exception {
    assertThat(set("A=abc#def \nB=1\n", "A", "x")).isEqualTo("A=x \nB=1\n");
    assertThat(set("A='abc'def\n", "A", "x")).isEqualTo("A='x'\n");
    assertThat(set("A= # none yet\n", "A", "x")).isEqualTo("A= x # none yet\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "postgres://u:p@h:5/d,postgres://u:p@h:5/d",
        "two words,'two words'",
        "a#b$c,'a#b$c'",
        "it's,\"it's\"",
        "it's \"x\",\"it's \\\"x\\\"\"",
        "it's $x,\"it's \\$x\"",
        "\\\\host\\dir,\\\\host\\dir",
        "C:\\dir\\,C:\\dir\\",
        "a b\\,'a b\\'",
        "#\\,'#\\'",
        "||,''"
      })
  void values_are_quoted_in_the_most_portable_form(String value, String written) throws Exception {
    assertThat(set("", "A", value)).isEqualTo("A=" + written + "\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void sourcing_the_file_in_a_shell_runs_nothing(long seed, @TempDir Path folder) throws Exception {
    var random = new Random(seed);
    var changes = new LinkedHashMap<String, String>();
    for (int i = 0; i < 300; i++) {
      var value = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--)
        value.append("a '\"\\$(){};|&>#`\t!~*".charAt(random.nextInt(20)));
      // What ends in a backslash takes the next line for its own in some reader, whatever its form.
      changes.put("K" + i, value.append(i % 2 == 0 ? " ." : "' .").toString());
    }
    Path file = folder.resolve("env");
    Files.write(file, text("").with(changes).bytes());

    var script = "PATH=/nowhere; set -ae; . \"$0\"; /usr/bin/env -0";
    Process shell = new ProcessBuilder("/bin/sh", "-c", script, file.toString()).start();
    shell.getOutputStream().close();
    var read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(read.split("\0"))
        .contains(changes.entrySet().stream().map(Object::toString).toArray(String[]::new));
    assertThat(shell.getErrorStream().readAllBytes()).isEmpty();
  }

  @Test
  void many_are_changed_at_once() throws Exception {
    var changes = new LinkedHashMap<String, String>();
    changes.put("A", "5");
    changes.put("N", "6");
    changes.put("B", null);
    changes.put("C", "7 8");
    changes.put("missing", null);
    var before = "A=1 # one\nB=2\n# two\nC='3'\nB='x\ny'\nA=4";

    assertThat(text(before).with(changes).text())
        .isEqualTo("A=1 # one\n# two\nC='7 8'\nA=5\nN=6\n");
  }

  @Test
  void the_time_for_many_changes_is_linear() throws Exception {
    var changes = new LinkedHashMap<String, String>();
    for (int i = 0; i < 100_000; i++) changes.put("K" + i, "a value of " + i);

    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          EnvFileEditor all = text("# begin\n").with(changes);
          assertThat(all.values()).isEqualTo(changes);
          changes.replaceAll((_, value) -> "another " + value);
          assertThat(all.with(changes).values()).isEqualTo(changes);
        });
  }

  @Test
  void line_breaks_are_escaped() throws Exception {
    assertThat(set("", "KEY", "a\nb\r\n")).isEqualTo("KEY=\"a\\nb\\r\\n\"\n");
  }

  @Test
  void a_file_with_errors_is_left_alone() {
    assertThatThrownBy(() -> set("A=1\nB=\"oops\n", "A", "2"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(".env:2: error: the quote opened here for B is never closed");
    assertThatThrownBy(() -> set("{\"A\": 1}", "A", "2")).hasMessageContaining("is JSON");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void any_value_is_read_back_and_no_other_changes(long seed) throws Exception {
    var random = new Random(seed);
    String end = List.of("\n", "\r\n", "\n", "\r").get((int) seed - 1);
    EnvFileEditor text = text("# " + seed + end + "export K0='x' # note" + end + "K1=" + end);
    Map<String, String> expected = new LinkedHashMap<>(Map.of("K0", "x", "K1", ""));
    for (int i = 0; i < 500; i++) {
      String name = "K" + random.nextInt(60);
      String value = ShellFormatTest.anyValue(random);
      if (random.nextInt(5) == 0) {
        text = without(text, name);
        expected.remove(name);
      } else {
        text = text.with(Map.of(name, value));
        expected.put(name, value);
      }
      assertThat(text.values()).as("seed %d, step %d", seed, i).isEqualTo(expected);
    }
    var ends = new ArrayList<String>();
    Pattern.compile("\r\n|\n|\r")
        .matcher(text.text())
        .results()
        .forEach(it -> ends.add(it.group()));
    assertThat(ends).containsOnly(end);
  }
}
