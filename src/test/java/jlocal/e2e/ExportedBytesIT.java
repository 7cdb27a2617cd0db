package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** In each format, processes get the same arguments and variables as from {@code jlocal start}. */
@Execution(ExecutionMode.CONCURRENT)
class ExportedBytesIT {
  private static final Path READERS =
      Path.of("src/test/resources/jlocal/e2e/readers.py").toAbsolutePath();

  @RegisterExtension final Sandbox sandbox = new Sandbox();
  private final long seed = System.nanoTime();

  /** Compares the processes that a script starts from an export with those of jlocal. */
  private void compare(String format, String formation, String script, String... names)
      throws Exception {
    var app = new EchoApp(sandbox, seed);
    Map<String, String> told = app.startedByJlocal(names);
    Finished export =
        sandbox.run(
            "export",
            format,
            "out",
            "-a",
            "shop",
            "--with-secrets",
            "-m",
            formation,
            "-p",
            "" + sandbox.port());
    assertThat(export.status()).as(export.err()).isZero();

    Finished done = sandbox.shell(script).end();

    String what = "seed " + seed + "\n" + done.out() + done.err();
    assertThat(app.haveTold(names)).as(what).isTrue();
    assertThat(app.told(names)).as(what).isEqualTo(told);
  }

  private void needs(String command, String what) throws Exception {
    boolean isThere = sandbox.shell(command + " >/dev/null 2>&1").end().status() == 0;
    assumeTrue(isThere, what + " is not installed");
  }

  private String read(String format) {
    return "exec python3 '" + READERS + "' " + format + " out web.1 worker.1";
  }

  @Test
  void launchd_by_the_property_lists_of_python() throws Exception {
    compare("launchd", "web=2", read("launchd") + " web.2", "web.1", "web.2", "worker.1");
  }

  @Test
  void kubernetes_by_the_yaml_of_python() throws Exception {
    needs("python3 -c 'import yaml'", "PyYAML (python3-yaml)");
    compare("kubernetes", "web=1", read("kubernetes"), "web.1", "worker.1");
  }

  @Test
  void compose_by_docker_compose() throws Exception {
    needs("docker compose version", "docker compose");
    compare("compose", "web=1", read("compose"), "web.1", "worker.1");
  }

  @Test
  void supervisord_by_itself() throws Exception {
    needs("supervisord --version", "supervisord (supervisor)");
    sandbox.given(
        "main.conf",
        """
        [supervisord]
        nodaemon=true
        logfile=/dev/null
        logfile_maxbytes=0
        pidfile=pid
        [include]
        files=out/*.conf
        """);
    String script =
        """
        supervisord -c main.conf &
        for i in {1..300}; do
          [ -e seen/web.1 ] && [ -e seen/web.2 ] && [ -e seen/worker.1 ] && break
          sleep 0.1
        done
        kill $!
        wait
        """;
    compare("supervisord", "web=2", script, "web.1", "web.2", "worker.1");
  }
}
