package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Processes that jlocal may not signal: sudo(8) in a Procfile. Needs root, to have another user.
 */
@Execution(ExecutionMode.CONCURRENT)
class SurvivorIT {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** A program that runs a command as root, for any user. */
  @BeforeEach
  void a_setuid_program() throws IOException {
    boolean isRoot = System.getProperty("user.name", "").equals("root");
    assumeTrue(isRoot && Files.exists(SETPRIV), "needs root and setpriv(1)");
    Path program = sandbox.asNobody().root().resolve("asroot");
    Files.copy(SETPRIV, program);
    new ProcessBuilder("chmod", "u+s", program.toString()).start().onExit().join();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(program)))
        .isEqualTo("rwxr-xr-x");
  }

  @AfterEach
  void end_them() {
    sandbox.endChildren();
  }

  private static String asRoot(String command) {
    return "./asroot --reuid=0 --regid=0 --clear-groups " + command;
  }

  @Test
  void the_app_ends_two_seconds_after_the_grace_period_and_names_them() throws Exception {
    sandbox.given("Procfile", "ok: exec sleep 1000\nroot: exec " + asRoot("sleep 1001") + "\n");
    Running run = sandbox.start("-t", "2").until("root.1 is up").until("ok.1 is up");
    String pid = run.find("root.1 started with pid (\\d+)");

    Finished done = run.signal("TERM").end(Duration.ofSeconds(15));

    assertThat(done.status()).isEqualTo(1);
    assertThat(done.lines("manager"))
        .anyMatch(line -> line.startsWith("waiting for root.1 (pid " + pid + ", it runs as root"))
        .contains(
            "root.1: pid "
                + pid
                + " (sleep) is still running: it runs as root, so jlocal may not signal it (EPERM);"
                + " 'sudo kill "
                + pid
                + "' ends it");
    assertThat(done.out()).doesNotContain("killed", "ok.1: pid");
    assertThat(done.err()).isEmpty();
    assertThat(sandbox.children()).hasSize(1).allMatch(it -> it.contains("sleep 1001"));
  }

  @Test
  void a_process_is_reported_after_its_shell_has_exited() throws Exception {
    sandbox.given("Procfile", "sh: " + asRoot("sleep 1001") + " & echo ready; wait\n");
    Running run = sandbox.start("-t", "2").until("ready").until("sh.1 is up");

    Finished stop = sandbox.run("stop");

    assertThat(stop.status()).isEqualTo(1);
    assertThat(stop.out()).contains("the app has ended");
    assertThat(stop.err()).containsPattern("sh.1: pid \\d+ \\(sleep\\) is still running");
    assertThat(run.end().status()).isEqualTo(1);
    assertThat(run.out()).containsPattern("waiting for sh.1 \\(pid \\d+ sleep, it runs as root");
  }

  /** Orphans become children of jlocal shortly after its first start, and of init before. */
  @Test
  void a_daemon_is_named_too() throws Exception {
    sandbox.given(
        "Procfile",
        "d: until p=$(sleep 1 >/dev/null & echo $!); grep -q \"PPid:.$PPID$\" /proc/$p/status;"
            + " do sleep 0.1; done; (setsid "
            + asRoot("sh -c 'echo ready; exec sleep 1001'")
            + " &); exec sleep 1000\n");
    Running run = sandbox.start("-t", "1").until("ready");

    Finished done = run.stop();

    assertThat(done.status()).isEqualTo(1);
    assertThat(done.out()).containsPattern("manager \\| pid \\d+ \\(sleep\\) is still running");
  }

  @Test
  void a_stop_reports_a_surviving_process_and_does_not_wait_forever() throws Exception {
    sandbox.given("Procfile", "ok: exec sleep 1000\nroot: exec " + asRoot("sleep 1001") + "\n");
    Running run = sandbox.start("-t", "1").until("root.1 is up").until("ok.1 is up");

    Finished stop = sandbox.run("stop", "root");

    assertThat(stop.status()).isEqualTo(1);
    assertThat(stop.err()).contains("is still running", "EPERM");
    assertThat(run.stop().status()).isEqualTo(1);
  }
}
