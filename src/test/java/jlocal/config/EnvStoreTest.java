package jlocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import jlocal.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changing an env file. */
class EnvStoreTest {
  @TempDir Path folder;

  private Path env() {
    return folder.resolve(".env");
  }

  private static EnvFileEditor text(String text) {
    return new EnvFileEditor(text, ".env");
  }

  private List<String> names() throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_missing_file_is_created_for_its_owner_only() throws Exception {
    EnvStore store = EnvStore.open(env());
    assertThat(store.exists()).isFalse();
    assertThat(store.text().bytes()).isEmpty();
    store.prepare(text("A=1\n"));
    assertThat(env()).doesNotExist();
    store.commit();
    assertThat(env()).hasContent("A=1");
    assertThat(Files.getPosixFilePermissions(env()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(names()).containsExactly(".env");
  }

  @Test
  void the_mode_and_the_symbolic_link_are_kept() throws Exception {
    Path shared = Files.writeString(folder.resolve("shared"), "A=1\n");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(env(), shared);
    EnvStore store = EnvStore.open(env());
    assertThat(store.exists()).isTrue();
    assertThat(store.text().bytes()).asString().isEqualTo("A=1\n");
    store.prepare(text("A=2\n"));
    store.commit();
    assertThat(env()).isSymbolicLink();
    assertThat(shared).hasContent("A=2");
    assertThat(Files.getPosixFilePermissions(shared))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(names()).containsExactly(".env", "shared");
  }

  @Test
  void a_file_that_others_change_meanwhile_is_not_written_over() throws Exception {
    for (String other : List.of("", "A=3\n")) {
      Files.writeString(env(), "A=1\n");
      EnvStore store = EnvStore.open(env());
      store.prepare(text("A=2\n"));
      if (other.isEmpty()) Files.delete(env());
      else Files.writeString(env(), other);
      assertThatThrownBy(store::commit).hasMessageContaining("was changed in the meantime");
      assertThat(names()).isEqualTo(other.isEmpty() ? List.of() : List.of(".env"));
      if (!other.isEmpty()) assertThat(env()).hasContent("A=3");
    }
  }

  @Test
  void what_is_prepared_can_be_discarded() throws Exception {
    EnvStore store = EnvStore.open(env());
    store.discard();
    store.prepare(text("A=1\n"));
    store.discard();
    assertThat(names()).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_changed_is_refused_before() throws Exception {
    Files.createDirectory(folder.resolve("dir"));
    refuses(folder.resolve("dir"), "is not a regular file");
    Path readOnly = Files.writeString(folder.resolve("read-only"), "A=1\n");
    Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r--------"));
    refuses(readOnly, "is read-only");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
    refuses(binary, "");
    EnvStore store = EnvStore.open(folder.resolve("none/.env"));
    assertThatThrownBy(() -> store.prepare(text("A=1\n")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot be written: there is no ");
  }

  private static void refuses(Path file, String why) {
    assertThatThrownBy(() -> EnvStore.open(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(why);
  }
}
