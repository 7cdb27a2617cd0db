package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** The checkout's launcher and what it does behind a command. */
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class LauncherIT {
  private static final Path LOCK = Path.of("target/training").toAbsolutePath();

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @AfterEach
  void takeTheLockAway() throws IOException {
    Files.deleteIfExists(LOCK.resolve("pid"));
    Files.deleteIfExists(LOCK);
  }

  /** One that was not turned away but tried again has filled a machine with launchers once. */
  @Test
  void recording_that_goes_on_already_is_left_to_whoever_does_it() throws Exception {
    Await.within(Await.LIMIT, () -> !Files.exists(LOCK));
    Files.createDirectory(LOCK);
    Files.writeString(LOCK.resolve("pid"), ProcessHandle.current().pid() + "\n");
    Files.setLastModifiedTime(
        Path.of("target/jlocal.jar"), FileTime.fromMillis(System.currentTimeMillis()));

    Finished turnedAway = sandbox.run("_train");

    assertThat(turnedAway.status()).isNotEqualTo(0);
    assertThat(turnedAway.err()).isEmpty();
    assertThat(ProcessHandle.allProcesses().filter(LauncherIT::records)).isEmpty();
  }

  private static boolean records(ProcessHandle process) {
    return process.info().commandLine().orElse("").endsWith(" _train");
  }
}
