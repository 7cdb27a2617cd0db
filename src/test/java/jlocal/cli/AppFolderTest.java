package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppFolderTest {
  private static final String DEV = "{\"scripts\":{\"dev\":\"node server.js\"}}";

  @TempDir Path root;
  private Path below;

  @BeforeEach
  void folders() throws IOException {
    below = Files.createDirectories(root.resolve("src/main"));
  }

  private void given(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), text);
  }

  private Path found(Path from, String home) {
    return AppFolder.of(from, Map.of("HOME", home, "PATH", "/usr/bin:/bin")).normalize();
  }

  @Test
  void the_nearest_procfile_above_counts() throws IOException {
    given("Procfile", "web: true\n");
    assertThat(found(below, "/home/x")).isEqualTo(root);

    given("src/.jlocal", "port: 6000\n");
    assertThat(found(below, "/home/x")).isEqualTo(root.resolve("src"));

    given("src/main/Procfile", "web: true\n");
    assertThat(found(below, "/home/x")).isEqualTo(below);
  }

  @Test
  void a_procfile_above_counts_before_what_is_detected_here() throws IOException {
    given("Procfile.dev", "web: true\n");
    given("src/main/package.json", DEV);

    assertThat(found(below, "/home/x")).isEqualTo(root);
  }

  @Test
  void without_a_procfile_it_is_the_nearest_with_an_app() throws IOException {
    given("package.json", DEV);
    assertThat(found(below, "/home/x")).isEqualTo(root);

    given("src/package.json", DEV);
    assertThat(found(below, "/home/x")).isEqualTo(root.resolve("src"));
  }

  @Test
  void a_page_above_is_no_app_unless_the_repository_begins_there() throws IOException {
    given("index.html", "");
    assertThat(found(below, "/home/x")).isEqualTo(below);

    Files.createDirectory(root.resolve(".git"));
    assertThat(found(below, "/home/x")).isEqualTo(root);
  }

  @Test
  void nothing_is_detected_above_the_repository() throws IOException {
    given("package.json", DEV);
    Files.createDirectory(root.resolve("src/.git"));

    assertThat(found(below, "/home/x")).isEqualTo(below);
  }

  @Test
  void the_home_folder_counts_from_itself_only() throws IOException {
    given("Procfile", "web: true\n");

    assertThat(found(below, root.toString())).isEqualTo(below);
    assertThat(found(root, root.toString())).isEqualTo(root);
  }

  @Test
  void the_env_file_of_a_folder_without_an_app_keeps_it() throws IOException {
    given("package.json", DEV);
    given("src/main/.env", "A=1\n");

    assertThat(found(below, "/home/x")).isEqualTo(below);
  }

  @Test
  void a_folder_without_any_app_is_its_own() {
    assertThat(found(below, "/home/x")).isEqualTo(below);
  }
}
