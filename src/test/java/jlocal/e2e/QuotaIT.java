package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code start --memory}, with a process that allocates memory. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledOnOs(OS.LINUX)
class QuotaIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** The memory belongs to a child of the leader, which ignores SIGTERM. */
  @Test
  void a_process_far_over_its_quota_is_killed_and_started_again() throws Exception {
    sandbox.given(
        "hungry.py",
        """
        import os, signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print('run', flush=True)
        if not os.path.exists('seen'):
            open('seen', 'w').close()
            data = bytearray(b'x') * (90 << 20)
        time.sleep(1000)
        """);
    sandbox.given("Procfile", "worker: python3 hungry.py; echo never\nother: exec sleep 1000\n");
    sandbox.given(".jlocal", "memory.worker: 30M\n");
    Running run = sandbox.start("--no-proxy", "-t", "1000", "-p", "" + sandbox.port());
    run.until("| run", 2);
    run.signal("INT").until("waiting for").signal("INT");
    String out = run.end().out();
    assertThat(out)
        .containsPattern("manager +\\| worker\\.1: Process running mem=\\d+M\\(3\\d\\d\\.\\d%\\)")
        .contains("worker.1: Error R15 (Memory quota vastly exceeded)")
        .contains("worker.1: Stopping process with SIGKILL")
        .doesNotContain("never", "R14", "other.1: ");
    int second = out.lastIndexOf("| run");
    assertThat(out.substring(0, second)).doesNotContain("did not end by itself");
  }

  @Test
  void a_reload_applies_a_changed_quota() throws Exception {
    sandbox.given(
        "hungry.py",
        """
        import time
        data = bytearray(b'x') * (90 << 20)
        print('run', flush=True)
        time.sleep(1000)
        """);
    sandbox.given("Procfile", "worker: exec python3 hungry.py\n");
    sandbox.given(".jlocal", "memory.worker: 1G\n");
    Running run = sandbox.start("--no-proxy", "-p", "" + sandbox.port()).until("| run");

    sandbox.given(".jlocal", "memory.worker: 30M\n");
    assertThat(sandbox.run("reload").out()).isEqualTo("changed settings: memory.worker\n");

    run.until("worker.1: Error R15 (Memory quota vastly exceeded)").until("| run", 2);
    assertThat(run.stop().status()).isIn(0, 130);
  }
}
