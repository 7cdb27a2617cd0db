package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolPathTest {
  @TempDir Path root;

  @Test
  void an_app_without_folders_of_its_own_leaves_the_path_alone() {
    assertThat(ToolPath.of(root, "/usr/bin")).isEmpty();
  }

  @Test
  void its_folders_come_before_the_path_in_the_order_of_herokus_buildpacks() throws IOException {
    Files.createDirectories(root.resolve("node_modules/.bin"));
    Files.createDirectories(root.resolve("bin"));

    assertThat(ToolPath.of(root, "/usr/bin"))
        .containsExactly(entry("PATH", root + "/node_modules/.bin:" + root + "/bin:/usr/bin"));
  }

  @Test
  void the_first_virtual_environment_is_made_active() throws IOException {
    for (String name : new String[] {".venv", "venv"}) {
      Files.createDirectories(root.resolve(name).resolve("bin"));
      Path python = Files.createFile(root.resolve(name).resolve("bin/python"));
      assertThat(python.toFile().setExecutable(true)).isTrue();
    }

    assertThat(ToolPath.of(root, "/usr/bin"))
        .containsExactly(
            entry("VIRTUAL_ENV", root + "/.venv"), entry("PATH", root + "/.venv/bin:/usr/bin"));
  }

  @Test
  void a_folder_named_venv_may_not_be_a_virtual_environment() throws IOException {
    Files.createDirectories(root.resolve("venv/bin"));

    assertThat(ToolPath.of(root, "/usr/bin")).isEmpty();
  }
}
