package jlocal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jlocal.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFilesTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void a_later_file_overrides_and_shadows() throws IOException {
    Path one = write("one", "A=1\nB=2\n");
    Path two = write("two", "C=3\nA=4\nA=5\n");
    var reading = EnvFiles.read(List.of(one, two));
    assertThat(reading.problems())
        .hasToString("[" + two + ":3: warning: A was already set on line 2; this value is used]");
    assertThat(reading.value().values().toString()).isEqualTo("{A=5, B=2, C=3}");
    var first = new ConfigVar("A", "1", one.toString(), 1, null);
    var second = new ConfigVar("A", "4", two.toString(), 2, first);
    assertThat(reading.value().byName())
        .containsEntry("A", new ConfigVar("A", "5", two.toString(), 3, second))
        .containsEntry("B", new ConfigVar("B", "2", one.toString(), 2, null));
  }

  @Test
  void problems_of_all_files_are_reported() throws IOException {
    Path one = write("one", "A=\"\n");
    Path two = write("two", "foo\n");
    assertThat(EnvFiles.read(List.of(one, two, folder)).problems())
        .extracting(problem -> folder.relativize(Path.of(problem.place())) + ":" + problem.line())
        .containsExactly("one:1", "two:1", ":0");
  }

  @Test
  void names_that_heroku_rejects_are_reported() {
    String text = "A=1\n__X=2\nHEROKU_APP=3\nMY_HEROKU_APP=4\n_Y=5\n";
    var vars = ConfigVars.of(List.of(EnvFile.parse(text, ".env").value()));

    assertThat(vars.unfitForHeroku())
        .extracting(Problem::toString)
        .containsExactly(
            ".env:2: warning: __X: on Heroku a config var must not begin with __ or HEROKU_",
            ".env:3: warning: HEROKU_APP: on Heroku a config var must not begin with __ or"
                + " HEROKU_");
  }

  @Test
  void a_named_file_must_exist() {
    Path missing = folder.resolve("none");
    var reading = EnvFiles.read(List.of(missing));
    assertThat(reading.value().byName()).isEmpty();
    assertThat(reading.problems())
        .hasToString(
            "["
                + missing
                + ": error: no such file (looked in "
                + folder.toAbsolutePath()
                + ")\n   hint: a file named with -e must exist; .env need not]");
  }

  @Test
  void the_default_file_need_not_exist() throws IOException {
    assertThat(EnvFiles.readIfPresent(folder.resolve(".env"), ".env").problems()).isEmpty();
    write(".env", "A=1\nA");
    var reading = EnvFiles.readIfPresent(folder.resolve(".env"), ".env");
    assertThat(reading.value().value("A")).isEqualTo("1");
    assertThat(reading.problems().getFirst().toString()).startsWith(".env:2: warning: ");
  }

  @Test
  void a_directory_is_an_error_even_as_the_default() {
    assertThat(EnvFiles.readIfPresent(folder, ".env").problems())
        .hasToString("[.env: error: is a directory, not a file]");
  }

  @Test
  void names_that_dash_hides_are_reported_once_each() {
    var reading = EnvFile.parse("OK=1\nmy-key=2\na.b=3\n2KEY=4\nmy-key=5\n_x9=6\n", ".env");
    var vars = ConfigVars.of(List.of(reading.value()));
    assertThat(vars.oddNames()).containsExactly("my-key", "a.b", "2KEY");
    assertThat(vars.hiddenBy("/bin/sh", Set.copyOf(vars.oddNames())).stream().map(Object::toString))
        .containsExactly(
            ".env:5: warning: /bin/sh on this system hides variables named like my-key from"
                + " commands; use letters, digits and _\n   hint: or another shell: --shell bash",
            ".env:3: warning: /bin/sh on this system hides variables named like a.b from"
                + " commands; use letters, digits and _\n   hint: or another shell: --shell bash",
            ".env:4: warning: /bin/sh on this system hides variables named like 2KEY from"
                + " commands; use letters, digits and _\n   hint: or another shell: --shell bash");
  }

  @Test
  void no_text_form_shows_a_value() {
    var vars = ConfigVars.of(List.of(EnvFile.parse("K=hunter2\nK=hunter2", ".env").value()));
    assertThat(vars.toString() + vars.byName()).doesNotContain("hunter2").contains("K (.env:2)");
    assertThat(EnvFile.parse("K=hunter2", ".env").toString()).doesNotContain("hunter2");
  }
}
