package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jlocal.plan.PlanRequest;
import jlocal.problem.Reading;
import jlocal.procfile.Procfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppProcfileTest {
  @TempDir Path root;
  private final List<String> notes = new ArrayList<>();

  static List<String> rows() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/port-flags.txt")).stream()
        .filter(line -> !line.startsWith("#") && !line.endsWith("=>"))
        .toList();
  }

  /** The table of port flags is read for these commands only. */
  @ParameterizedTest
  @MethodSource("rows")
  void a_command_that_gets_a_flag_is_known_without_the_table(String row) {
    assertThat(AppProcfile.MAY_IGNORE_PORT.matcher(row.split(" =>", 2)[0]).find()).isTrue();
  }

  private Reading<Procfile> read(boolean hasPortFlags) {
    var app = new PlanRequest.App(AppOptions.procfileIn(root), root, List.of());
    return new AppProcfile(
            app,
            false,
            hasPortFlags,
            Map.of(),
            new AppSettingsReader(app.root(), app.root(), false, false),
            new AppAddOns(app.root(), Map.of()))
        .read(notes::add);
  }

  private void given(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void web_gets_the_flag_and_others_are_left_as_they_are() throws IOException {
    given("Procfile", "web: npx vite\nassets: npx vite\n");

    assertThat(read(true).value().commands().values())
        .map(Procfile.Command::line)
        .containsExactly("npx vite --port $PORT --strictPort", "npx vite");
    assertThat(notes)
        .containsExactly(
            "web: vite ignores PORT, so it gets  --port $PORT --strictPort  (--no-port-flag turns"
                + " this off)");
  }

  @Test
  void no_port_flag_leaves_all_as_it_is() throws IOException {
    given("Procfile", "web: npx vite\n");

    assertThat(read(false).value().commands().get("web")).hasToString("npx vite");
    assertThat(notes).isEmpty();
  }

  @Test
  void a_procfile_dev_alone_is_taken() throws IOException {
    given("Procfile.dev", "web: true\n");

    assertThat(read(true).value().commands()).containsOnlyKeys("web");
    assertThat(notes).containsExactly("using Procfile.dev, because there is no Procfile");
  }

  @Test
  void a_procfile_dev_beside_another_is_mentioned() throws IOException {
    given("Procfile", "web: true\n");
    given("Procfile.dev", "dev: true\n");

    assertThat(read(true).value().commands()).containsOnlyKeys("web");
    assertThat(notes).singleElement().asString().contains("-f Procfile.dev", ".jlocal");
  }

  @Test
  void several_apps_are_listed() throws IOException {
    given("a/Procfile", "web: true\n");
    given("b/Procfile", "web: true\n");

    assertThat(read(true).problems())
        .singleElement()
        .asString()
        .contains("several apps to choose from: a (a Procfile), b (a Procfile)", "jlocal start -d");
  }
}
