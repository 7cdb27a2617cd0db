package jlocal.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of src/test/resources/detect is a small repository; EXPECTED says what it runs. */
class DetectorsTest {
  private static final Path REPOSITORIES = Path.of("src/test/resources/detect");

  @TempDir static Path programs;

  static List<Path> repositories() throws IOException {
    try (Stream<Path> all = Files.list(REPOSITORIES)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Detectors detectors(String... names) throws IOException {
    Path bin = Files.createTempDirectory(programs, "bin");
    var executable =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String name : names) Files.createFile(bin.resolve(name), executable);
    return new Detectors(Map.of("PATH", bin.toString()));
  }

  private static String textOf(Detectors detectors, Path folder) {
    return Objects.requireNonNull(detectors.detect(folder)).text();
  }

  @ParameterizedTest
  @MethodSource("repositories")
  void a_repository_runs_what_is_expected(Path repository) throws IOException {
    Detection found = detectors("python3", "php", "ruby").detect(repository);

    String shown = found == null ? "nothing\n" : found.name() + "\n" + found.text();
    assertThat(shown).isEqualTo(Files.readString(repository.resolve("EXPECTED")));
    if (found != null) assertThat(found.why()).isNotBlank().doesNotContain("{", "}");
  }

  @Test
  void every_detector_has_a_repository() throws IOException {
    var expected = new TreeSet<String>();
    for (Path repository : repositories()) {
      expected.add(Files.readAllLines(repository.resolve("EXPECTED")).getFirst());
    }
    assertThat(expected).containsAll(detectors().names());
  }

  @Test
  void a_page_is_served_by_an_installed_program() throws IOException {
    Path page = REPOSITORIES.resolve("static");

    assertThat(textOf(detectors("php", "ruby"), page)).contains("php -S");
    assertThat(textOf(detectors("ruby"), page)).contains("ruby -run");
    assertThat(detectors().detect(page)).isNull();
  }

  @Test
  void a_virtual_environment_needs_no_runner(@TempDir Path app) throws IOException {
    Files.writeString(app.resolve("manage.py"), "");
    Files.writeString(app.resolve("uv.lock"), "");
    Files.createDirectory(app.resolve(".venv"));

    assertThat(textOf(detectors(), app))
        .isEqualTo("web: python manage.py runserver 127.0.0.1:$PORT\n");
  }

  @Test
  void what_a_file_says_never_becomes_shell_code(@TempDir Path app) throws IOException {
    Files.writeString(app.resolve("go.mod"), "module x\n");
    Path odd = app.resolve("cmd/$(touch x)");
    Files.createDirectories(odd);
    Files.writeString(odd.resolve("main.go"), "package main\n");

    assertThat(detectors().detect(app)).isNull();
  }
}
