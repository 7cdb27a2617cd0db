package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A log whose file cannot be written. */
class FullDiskIT {
  private static final String CANNOT = "cannot write the log to stdout";

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private String start() {
    return "exec \"" + sandbox.launcher() + "\" start --no-proxy -p " + sandbox.port();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_full_disk_does_not_end_the_app_and_is_reported_once() throws IOException {
    sandbox.given("Procfile", "web: while true; do echo line; sleep 0.1; done\n");

    Running run = sandbox.shell(start() + " >/dev/full").until("one", () -> ticks() > 20);
    assertThat(sandbox.run("logs", "-n", "1", "web").out()).isEqualTo("web.1 | line\n");
    Finished done = run.stop();

    assertThat(done.status()).isZero();
    assertThat(done.err()).containsOnlyOnce(CANNOT).contains("log lines dropped");
  }

  private long ticks() {
    try {
      return sandbox.run("logs", "-n", "1000", "web").out().lines().count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** A limit on the file size simulates a full disk. */
  @Test
  void lines_dropped_are_counted_when_there_is_space_again() throws IOException {
    sandbox.given("Procfile", "web: i=0; while true; do echo line $((i+=1)); sleep 0.01; done\n");
    Path out = Files.createFile(sandbox.root().resolve("out"));

    Running run = sandbox.shell("ulimit -f 2; " + start() + " >>out");
    run.until("failed", () -> run.err().contains(CANNOT));
    FileChannel.open(out, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
    run.until("counted", () -> text(out).contains("stdout can be written again; lines dropped: "));
    Finished done = run.signal("TERM").end();

    assertThat(done.status()).isZero();
    assertThat(text(out).lines()).allMatch(line -> line.matches("((web\\.1  |manager) \\| .*)?"));
    assertThat(done.err()).containsOnlyOnce(CANNOT);
  }

  @Test
  void lines_that_ci_could_not_keep_are_counted() throws IOException {
    sandbox.given("Procfile", "web: seq 1 20000; exit 3\n");

    Finished done =
        sandbox.shell("(ulimit -f 2; " + start() + " --ci --restart never) | tail -1").end();

    assertThat(done.out()).contains("lines dropped, because they could not be kept: ");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
