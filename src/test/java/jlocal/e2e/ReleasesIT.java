package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The ledger: {@code releases}, {@code releases:info} and {@code rollback}. */
@Execution(ExecutionMode.CONCURRENT)
class ReleasesIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void app() throws Exception {
    sandbox.variable("XDG_DATA_HOME", sandbox.runtime().toString());
    sandbox.given("Procfile", "web: echo A is $A; exec sleep 1000\n").given(".env", "# x\nA=1\n");
  }

  private Path ledger() throws Exception {
    try (var files = Files.list(sandbox.runtime().resolve("jlocal/releases"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  @Test
  void a_change_is_listed_without_values_and_can_be_rolled_back() throws Exception {
    assertThat(sandbox.run("config:set", "A=s3cret", "B=2").err())
        .isEqualTo("Setting A, B... done, v2\n");
    sandbox.given("Procfile", "web: echo changed\nworker: true\n");
    assertThat(sandbox.run("config:unset", "B").err()).isEqualTo("Unsetting B... done, v4\n");

    Finished list = sandbox.run("releases");
    assertThat(list.out().replaceAll("[0-9-]{10} [0-9:]{8}", "TIME"))
        .isEqualTo(
            """
            v4  TIME  config: B unset
            v3  TIME  Procfile: worker added; Procfile: web changed
            v2  TIME  config: B, A set
            v1  TIME  first known state
            """);
    assertThat(sandbox.run("releases:info", "v2").out())
        .contains("  + B=********\n  ~ A=********\n")
        .doesNotContain("s3cret");
    assertThat(sandbox.run("releases:info", "3").out())
        .contains("  - web: echo A is $A; exec sleep 1000\n  + web: echo changed\n");

    Finished back = sandbox.run("rollback", "v1");
    assertThat(back.err()).isEqualTo("Rolling back ⬢ app to v1... done, v5\n");
    assertThat(sandbox.file(".env")).isEqualTo("# x\nA=1\n");
    assertThat(sandbox.file("Procfile")).startsWith("web: echo changed");
    assertThat(sandbox.run("rollback", "v1", "--with-procfile").err()).contains("done, v6");
    assertThat(sandbox.file("Procfile")).startsWith("web: echo A is");
    assertThat(sandbox.run("rollback", "v99").status()).isEqualTo(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ledger())))
        .isEqualTo("rw-------");
  }

  @Test
  void a_torn_line_is_skipped() throws Exception {
    sandbox.run("config:set", "A=2");
    Files.writeString(ledger(), "{\"v\":3,\"at\":1", StandardOpenOption.APPEND);
    assertThat(sandbox.run("config:set", "A=3").err()).isEqualTo("Setting A... done, v3\n");
    assertThat(sandbox.run("releases").out()).hasLineCount(3);
  }

  @Test
  void a_start_is_noted_and_a_rollback_reloads() throws Exception {
    Running start = sandbox.start().until("A is 1");
    assertThat(sandbox.run("config:set", "A=2").err())
        .isEqualTo("Setting A and restarting ⬢ app... done, v2\n");
    start.until("A is 2");
    assertThat(sandbox.run("rollback").err()).contains("done, v3");
    start.until("A is 1", 2);
    assertThat(sandbox.run("releases").out()).contains("start");
    sandbox.run("stop");
    start.end();
  }
}
