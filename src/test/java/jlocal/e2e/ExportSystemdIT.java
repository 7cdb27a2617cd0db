package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code export systemd-user}, with systemd itself. */
@Execution(ExecutionMode.CONCURRENT)
class ExportSystemdIT {
  private static final Path MANAGER =
      Path.of("src/test/resources/jlocal/e2e/user-manager.sh").toAbsolutePath();

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** Runs a script with a user manager that has the units; skips the test if there is none. */
  private Finished beside(String script) throws Exception {
    sandbox.given(
        "script",
        "set -u\n"
            + "until_file() { for i in {1..300}; do [ -e \"$1\" ] && return; sleep 0.1; done; echo"
            + " no $1; }\n"
            + script);
    Finished done =
        sandbox
            .shell(
                "exec %s %s bash script"
                    .formatted(MANAGER, EchoApp.quoted(sandbox.root() + "/units")))
            .end(Duration.ofMinutes(3));
    assumeTrue(done.status() != 77, () -> "no user manager of systemd: " + done.out());
    return done;
  }

  private Finished export(String... arguments) throws Exception {
    String[] command = {"export", "systemd-user", "units", "-a", "shop"};
    Finished export =
        sandbox.run(Stream.of(command, arguments).flatMap(Stream::of).toArray(String[]::new));
    assertThat(export.status()).as(export.err()).isZero();
    return export;
  }

  private static final String VERIFY =
      "systemd-analyze --user verify --recursive-errors=one units/*.service units/*.target && echo"
          + " verified\n";

  @Test
  void processes_get_the_same_bytes_as_from_jlocal() throws Exception {
    long seed = System.nanoTime();
    var app = new EchoApp(sandbox, seed);
    String[] names = {"web.1", "web.2", "worker.1"};
    Map<String, String> told = app.startedByJlocal(names);
    export("-m", "web=2", "-p", "" + sandbox.port());

    Finished done =
        beside(
            VERIFY
                + """
                systemctl --user start shop.target
                for name in web.1 web.2 worker.1; do until_file seen/$name; done
                systemctl --user stop shop.target
                systemctl --user list-units --no-legend 'shop*'
                """);

    assertThat(done.out()).as("seed " + seed + "\n" + done.err()).isEqualTo("verified\n");
    assertThat(done.err()).isEmpty();
    assertThat(app.told(names)).as("seed " + seed).isEqualTo(told);
  }

  private static final String ORDER =
      """
      units() { systemctl --user list-units --no-legend --plain "$@" | tr -s ' ' | cut -d' ' -f1-4; }
      systemctl --user start shop.target
      until grep -q web log; do sleep 0.1; done
      units 'shop*'
      kill -9 $(systemctl --user show -P MainPID shop-web@1)
      until [ $(grep -c web log) = 2 ]; do sleep 0.1; done
      systemctl --user show -P Result shop-web@1
      systemctl --user stop shop.target
      for i in {1..100}; do
        [ -z "$(units 'shop*' --state=active,activating,deactivating)" ] && break
        sleep 0.1
      done
      units 'shop*' --state=active,activating,deactivating
      """;

  @Test
  void order_readiness_crash_and_grace_mean_the_same() throws Exception {
    sandbox.given(
        "Procfile",
        """
        # jlocal: after=db
        web: echo web >> log; exec sleep 1000
        # jlocal: ready=port
        db: echo db >> log; sleep 1; exec python3 server.py
        worker: echo worker >> log; trap '' TERM; while true; do sleep 1; done
        release: echo release >> log
        """);
    sandbox.given(
        "server.py",
        """
        import os, socket, time
        s = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
        open('log', 'a').write('listens\\n')
        time.sleep(1000)
        """);
    export("-p", "" + sandbox.port(), "--timeout", "0.5");

    Finished done = beside(ORDER);

    assertThat(Files.readString(sandbox.root().resolve("log")).lines().distinct().toList())
        .startsWith("release")
        .containsSubsequence("db", "listens", "web")
        .contains("worker");
    assertThat(done.out())
        .isEqualTo(
            """
            shop-db@1.service loaded active running
            shop-release@1.service loaded active exited
            shop-web@1.service loaded active running
            shop-worker@1.service loaded active running
            shop.target loaded active active
            success
            """);
  }
}
