package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppPortBlockTest {
  @TempDir Path folder;

  private AppPortBlock ports(String name) throws IOException {
    Path root = Files.createDirectories(folder.resolve(name));
    return new AppPortBlock(
        AppKey.of(root, root.resolve("Procfile")), Map.of("XDG_DATA_HOME", folder.toString()));
  }

  @Test
  void a_block_is_chosen_by_the_path_and_is_below_the_ports_of_clients() throws IOException {
    int base = ports("shop").base();
    assertThat(base).isBetween(10_000, 29_900).isEqualTo(ports("shop").base());
    assertThat(base % 100).isZero();
    assertThat(ports("shop").router(8080)).isEqualTo(base + 80);
    assertThat(ports("shop").router(8443)).isEqualTo(base + 43);
  }

  @Test
  void many_apps_on_other_ports_each_keep_a_block_of_their_own() throws IOException {
    Set<Integer> bases = new HashSet<>();
    for (int i = 0; i < 150; i++) {
      int base = ports("app" + i).base();
      ports("app" + i).remember(base);
      assertThat(bases.add(base)).as("app%d", i).isTrue();
    }
    for (int i = 0; i < 150; i++) assertThat(bases).contains(ports("app" + i).base());
  }

  @Test
  void the_first_port_is_remembered_until_the_folder_is_gone() throws IOException {
    int first = ports("shop").base();
    ports("shop").remember(first == 10_700 ? 10_800 : 10_700);
    assertThat(ports("shop").base()).isNotEqualTo(first);

    Files.delete(folder.resolve("shop"));
    ports("other").remember(12_000);
    assertThat(Files.readString(folder.resolve("jlocal/ports"))).doesNotContain("/shop");
  }

  @Test
  void invalid_blocks_are_skipped_and_a_file_that_cannot_be_written_is_harmless()
      throws IOException {
    ports("shop").remember(5000);
    assertThat(folder.resolve("jlocal/ports")).doesNotExist();
    Files.createDirectories(folder.resolve("jlocal/ports/x"));
    ports("shop").remember(10_700);
    assertThat(ports("shop").base()).isPositive();
    Files.delete(folder.resolve("jlocal/ports/x"));
    Files.delete(folder.resolve("jlocal/ports"));
    Files.writeString(folder.resolve("jlocal/ports"), "x\n99999999 a b\n12345\n");
    assertThat(ports("shop").base()).isPositive();
  }
}
