package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import jlocal.os.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlFolderTest {
  @TempDir Path runtime;

  private Map<String, String> environment() {
    return Map.of("XDG_RUNTIME_DIR", runtime.toString());
  }

  @Test
  void the_folder_is_private_to_its_owner() throws Exception {
    Path folder = ControlFolder.open(environment());

    assertThat(folder).isEqualTo(runtime.resolve("jlocal"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(ControlFolder.open(environment())).isEqualTo(folder);
  }

  @Test
  void a_symbolic_link_in_its_place_is_refused() throws Exception {
    Path elsewhere = Files.createDirectory(runtime.resolve("elsewhere"));
    Files.createSymbolicLink(runtime.resolve("jlocal"), elsewhere);

    refuses("is a symbolic link");
  }

  @Test
  void a_folder_others_can_open_is_refused() throws Exception {
    Path folder = Files.createDirectory(runtime.resolve("jlocal"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    refuses("can be opened by other users");
  }

  @Test
  void a_file_in_place_of_the_control_folder_is_refused() throws Exception {
    Files.writeString(runtime.resolve("jlocal"), "");

    refuses("is not a folder");
  }

  @Test
  void a_folder_of_another_user_is_refused() throws Exception {
    Path folder = Files.createDirectory(runtime.resolve("jlocal"));
    assumeThat(isGivenAway(folder)).as("only root can give files away").isTrue();

    refuses("belongs to another user");
  }

  @Test
  void another_folder_that_others_can_open_is_skipped() throws Exception {
    Path folder = ControlFolder.open(environment());
    Path temporary = Files.createDirectory(runtime.resolve("tmp"));
    Path open = Files.createDirectory(temporary.resolve("jlocal-" + User.id()));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    var environment = new HashMap<>(environment());
    environment.put("TMPDIR", temporary.toString());

    assertThat(ControlFolder.existing(environment)).contains(folder).doesNotContain(open);
  }

  private void refuses(String why) {
    assertThatThrownBy(() -> ControlFolder.open(environment()))
        .isInstanceOf(ControlFolder.Unsafe.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> ControlFolder.existing(environment()))
        .isInstanceOf(ControlFolder.Unsafe.class);
  }

  @Test
  void a_runtime_folder_of_another_user_is_skipped() throws Exception {
    assumeThat(isGivenAway(runtime)).as("only root can give files away").isTrue();

    assertThat(ControlFolder.open(environment()).startsWith(runtime)).isFalse();
  }

  @Test
  void a_socket_fits_whatever_the_paths_are() throws Exception {
    Path deep = runtime.resolve("x".repeat(60)).resolve("y".repeat(60));
    Files.createDirectories(deep);

    Path folder = ControlFolder.open(Map.of("XDG_RUNTIME_DIR", deep.toString()));

    Path socket = AppLock.socket(folder, AppKey.of(deep, deep.resolve("Procfile")));
    assertThat(socket.toString().length()).isLessThan(104);
  }

  private static boolean isGivenAway(Path file) {
    try {
      Files.setAttribute(file, "unix:uid", 65_534);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
