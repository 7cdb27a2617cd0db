package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppLockTest {
  @TempDir Path temp;

  private AppKey app() {
    return AppKey.of(temp, temp.resolve("Procfile"));
  }

  private Path folder() throws Exception {
    return ControlFolder.open(Map.of("XDG_RUNTIME_DIR", temp.toString()));
  }

  private List<String> files() throws Exception {
    try (var files = Files.list(folder())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals("ports")) // the lock of the folder, never deleted
          .sorted()
          .toList();
    }
  }

  @Test
  void one_of_two_gets_the_lock_and_the_other_gets_the_pid() throws Exception {
    try (var _ = AppLock.take(folder(), app())) {
      assertThatThrownBy(() -> AppLock.take(folder(), app()))
          .isInstanceOfSatisfying(
              AppLock.Taken.class,
              taken -> assertThat(taken.pid()).isEqualTo("" + ProcessHandle.current().pid()));
    }
  }

  @Test
  void a_lock_leaves_no_file_and_can_be_taken_again() throws Exception {
    AppLock.take(folder(), app()).close();

    assertThat(files()).isEmpty();
    AppLock.take(folder(), app()).close();
  }

  @Test
  void the_lock_of_a_killed_owner_is_taken_over() throws Exception {
    String name = app().fileName();
    Files.writeString(folder().resolve(name + ".lock"), "4711\n");
    Files.writeString(folder().resolve(name + ".sock"), "");

    try (var appLock = AppLock.take(folder(), app())) {
      assertThat(appLock.socket()).doesNotExist();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void the_lock_of_an_owner_killed_before_writing_its_pid_can_be_taken() throws Exception {
    Files.writeString(folder().resolve(app().fileName() + ".lock"), "");

    AppLock.take(folder(), app()).close();
  }

  @Test
  void another_procfile_of_the_same_folder_is_another_app() throws Exception {
    AppKey other = AppKey.of(temp, temp.resolve("Procfile.dev"));

    try (var _ = AppLock.take(folder(), app());
        var _ = AppLock.take(folder(), other)) {
      assertThat(other.rootPart()).isEqualTo(app().rootPart());
    }
  }

  @Test
  void an_app_is_identified_by_any_path_to_it() throws Exception {
    Path real = Files.createDirectory(temp.resolve("real"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), real);

    assertThat(AppKey.of(link, link.resolve("./Procfile")))
        .isEqualTo(AppKey.of(real, real.resolve("Procfile")));
  }
}
