package jlocal.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.detect.InitFiles.NewFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitFilesTest {
  private static final Detection GO =
      new Detection("go", new LinkedHashMap<>(Map.of("web", "go run .")), "go.mod");

  @TempDir Path root;

  private void given(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), text);
  }

  private List<NewFile> files() {
    return InitFiles.of(root, GO, name -> name.equals("TOKEN") ? "a b" : "");
  }

  private static List<String> names(List<NewFile> files) {
    return files.stream().map(NewFile::name).toList();
  }

  @Test
  void all_three_are_written() throws IOException {
    given(".env.example", "# for mail\nTOKEN=\nexport EMPTY=\"\" # may be\nKEPT=1\n");
    Files.createDirectory(root.resolve(".git"));

    List<NewFile> files = files();

    assertThat(names(files)).containsExactly("Procfile", ".env", ".gitignore");
    assertThat(files.get(0).text()).isEqualTo("web: go run .\n");
    assertThat(files.get(1).text())
        .isEqualTo("# for mail\nTOKEN='a b'\nexport EMPTY=\"\" # may be\nKEPT=1\n");
    assertThat(files.get(1).summary())
        .containsExactly(
            "the lines of .env.example", "TOKEN as you gave it", "EMPTY is left empty");
    assertThat(files.get(2).text()).isEqualTo(".env\n");
  }

  @Test
  void existing_files_are_kept() throws IOException {
    given("Procfile", "web: true\n");
    given(".env", "A=1\n");
    given(".env.example", "TOKEN=\n");
    given(".gitignore", "node_modules\n/.env\n");

    assertThat(files()).isEmpty();
  }

  @Test
  void a_gitignore_gets_another_line() throws IOException {
    given("Procfile.dev", "web: true\n");
    given(".env", "A=1\n");
    given(".gitignore", "node_modules");

    List<NewFile> files = files();

    assertThat(names(files)).containsExactly(".gitignore");
    assertThat(files.getFirst().exists()).isTrue();
    assertThat(files.getFirst().text()).isEqualTo("\n.env\n");
  }

  @Test
  void without_git_and_env_there_is_only_a_procfile() {
    assertThat(names(files())).containsExactly("Procfile");
  }
}
