package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locks are held by processes, so this needs several. */
@Timeout(120)
class AppLockIT {
  @TempDir Path temp;

  private AppKey app;
  private Path folder;
  private Path lockFile;
  private Path socket;
  private final ArrayList<Process> others = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    app = AppKey.of(temp, temp.resolve("Procfile"));
    folder = ControlFolder.open(Map.of("XDG_RUNTIME_DIR", temp.toString()));
    lockFile = AppLock.lockFile(folder, app);
    socket = AppLock.socket(folder, app);
  }

  @AfterEach
  void endOthers() throws InterruptedException {
    for (Process each : others) each.destroyForcibly().waitFor();
  }

  private Process other(Class<?> what) throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    String path = System.getProperty("java.class.path");
    Process started =
        new ProcessBuilder(java, "-cp", path, what.getName(), temp.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    others.add(started);
    assertThat(started.getInputStream().read()).isEqualTo('!');
    return started;
  }

  /** Cleans up in a loop. */
  static final class Clearer {
    public static void main(String[] words) throws IOException, InterruptedException {
      var environment = Map.of("XDG_RUNTIME_DIR", words[0]);
      System.out.print('!');
      System.out.flush();
      // It finds others' apps, too, in folders that do not hang on the environment: no end by
      // itself.
      while (System.out != null) ControlClient.runningApps(environment);
    }
  }

  /** Owns the app until it is killed. */
  static final class Owner {
    public static void main(String[] words) throws Exception {
      Path temp = Path.of(words[0]);
      var appLock =
          AppLock.take(
              ControlFolder.open(Map.of("XDG_RUNTIME_DIR", words[0])),
              AppKey.of(temp, temp.resolve("Procfile")));
      System.out.print('!');
      System.out.flush();
      Thread.currentThread().join();
      appLock.close();
    }
  }

  @Test
  void a_start_during_a_cleanup_by_another_process_gets_and_keeps_the_lock() throws Exception {
    other(Clearer.class);
    other(Clearer.class);
    for (int i = 0; i < 300; i++) {
      Files.writeString(lockFile, "999999999\n");
      Files.writeString(socket, "");
      try (var _ = AppLock.take(folder, app)) {
        Files.writeString(socket, "ours");
        for (int look = 0; look < 20; look++) assertThat(socket).hasContent("ours");
        assertThat(lockFile).exists();
      }
    }
    assertThat(others).allMatch(Process::isAlive);
  }

  @Test
  void files_of_a_killed_owner_are_deleted_and_those_of_a_running_one_kept() throws Exception {
    Process owner = other(Owner.class);
    Files.writeString(socket, "");
    ControlClient.runningApps(Map.of("XDG_RUNTIME_DIR", temp.toString()));
    assertThat(socket).exists();
    assertThatThrownBy(() -> AppLock.take(folder, app))
        .isInstanceOfSatisfying(
            AppLock.Taken.class, taken -> assertThat(taken.pid()).isEqualTo("" + owner.pid()));

    owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    ControlClient.runningApps(Map.of("XDG_RUNTIME_DIR", temp.toString()));
    assertThat(lockFile).doesNotExist();
    assertThat(socket).doesNotExist();
  }

  /** Lists the running apps once, as {@code jlocal ls} does. */
  static final class Lister {
    public static void main(String[] words) throws IOException {
      ControlClient.runningApps(Map.of("XDG_RUNTIME_DIR", words[0]));
      System.out.print('!');
      System.out.flush();
    }
  }

  @Test
  void an_app_that_lists_the_running_apps_keeps_its_lock() throws Exception {
    try (var _ = AppLock.take(folder, app)) {
      Files.writeString(socket, "ours");
      ControlClient.runningApps(Map.of("XDG_RUNTIME_DIR", temp.toString()));
      other(Lister.class);
      assertThat(lockFile).exists();
      assertThat(socket).hasContent("ours");
    }
  }

  /** Holds the lock of the folder until it is killed. */
  static final class Holder {
    public static void main(String[] words) throws Exception {
      var lock = FolderLock.take(ControlFolder.open(Map.of("XDG_RUNTIME_DIR", words[0])));
      System.out.print('!');
      System.out.flush();
      Thread.currentThread().join();
      lock.close();
    }
  }

  @Test
  void a_process_that_holds_the_folder_lock_does_not_prevent_starts() throws Exception {
    Process holder = other(Holder.class);

    AppLock.take(folder, app).close();

    assertThat(holder.isAlive()).isTrue();
    assertThat(lockFile).doesNotExist();
  }
}
