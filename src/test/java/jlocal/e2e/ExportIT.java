package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code jlocal export}: which files are written, overwritten and removed. */
@Execution(ExecutionMode.CONCURRENT)
class ExportIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void app() throws Exception {
    sandbox
        .given("Procfile", "web: echo $A; exec sleep 1000\nworker: sleep 1000\n")
        .given(".env", "A=s3cret\n");
  }

  private Finished export(String... more) throws Exception {
    String[] all = new String[more.length + 3];
    System.arraycopy(new String[] {"export", "systemd-user", "out"}, 0, all, 0, 3);
    System.arraycopy(more, 0, all, 3, more.length);
    return sandbox.run(all);
  }

  private Path out(String name) {
    return sandbox.root().resolve("out").resolve(name);
  }

  @Test
  void a_second_export_changes_nothing() throws Exception {
    assertThat(export().out()).contains("app-web@.service is new\n", "app.env is new\n");
    var time = Files.getLastModifiedTime(out("app-web@.service"));
    assertThat(export().out()).isEqualTo("nothing has changed\n");
    assertThat(Files.getLastModifiedTime(out("app-web@.service"))).isEqualTo(time);
  }

  @Test
  void values_are_in_a_file_of_the_owner_alone_and_not_shown() throws Exception {
    String printed = export().out();
    Files.setPosixFilePermissions(out("app.env"), PosixFilePermissions.fromString("rw-r--r--"));
    sandbox.given(".env", "A=s3cret2\n");
    Finished again = export("--yes");
    assertThat(again.out()).contains("app.env changes (it has secrets)\n");
    assertThat(printed + again.out()).doesNotContain("s3cret");
    assertThat(Files.readString(out("app.env"))).contains("A=\"s3cret2\"\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out("app.env"))))
        .isEqualTo("rw-------");
    assertThat(sandbox.file("out/app-web@.service") + sandbox.file("out/app.target"))
        .doesNotContain("s3cret");
  }

  @Test
  void overwriting_files_needs_confirmation() throws Exception {
    export();
    String before = sandbox.file("out/app-web@.service");
    sandbox.given("Procfile", "web: echo new\nworker: sleep 1000\n");

    Finished refused = export();
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.out())
        .contains("app-web@.service changes:\n  - ExecStart=")
        .contains("  + ExecStart=")
        .doesNotContain("worker");
    assertThat(refused.err()).contains("nothing was written; use --yes");
    assertThat(sandbox.file("out/app-web@.service")).isEqualTo(before);

    assertThat(export("--yes").status()).isZero();
    assertThat(sandbox.file("out/app-web@.service")).contains("echo new");
  }

  @Test
  void obsolete_files_are_removed_unless_they_were_changed() throws Exception {
    sandbox.given("Procfile", "web: true\nworker: true\nclock: true\n");
    export();
    Files.writeString(out("app-clock@.service"), "mine");
    Files.writeString(out("other"), "x");
    Finished export = export("-x", "worker,clock", "--yes");
    assertThat(export.out())
        .contains("app-worker@.service is removed", "app-clock@.service is kept: ");
    assertThat(out("app-worker@.service")).doesNotExist();
    assertThat(out("app-clock@.service")).hasContent("mine");
    assertThat(out("other")).exists();
    Finished sums = sandbox.shell("cd out && sha256sum -c .jlocal-export.app.*").end();
    assertThat(sums.status()).as(sums.out()).isZero();
  }

  @Test
  void a_template_of_your_own_replaces_a_unit() throws Exception {
    sandbox.given("mine/systemd-service", "Unit of {{type}}\nUser={{user}}\nx={{nothing}}\n");
    assertThat(export("-t", "mine").err())
        .contains("mine/systemd-service:3: error: there is no {{nothing}}")
        .contains("there are app, type,");
    sandbox.given("mine/systemd-service", "Unit of {{type}}\nUser={{user}}\n");
    assertThat(export("-t", "mine").status()).isZero();
    assertThat(sandbox.file("out/app-web@.service")).isEqualTo("Unit of web\n");
  }

  @Test
  void a_folder_that_cannot_be_had_is_an_error_of_the_command_line() throws Exception {
    sandbox.given("file", "x");
    Finished export = sandbox.run("export", "systemd", "file");
    assertThat(export.err()).contains("/file: error: cannot be written\n").doesNotContain("bug");
    assertThat(export.status()).isEqualTo(2);
    assertThat(export("-t", "missing").err())
        .contains("/missing: error: is not a folder of templates");
  }

  @Test
  void the_commands_that_follow_quote_the_folder() throws Exception {
    assertThat(sandbox.run("export", "systemd", "my units").out())
        .containsPattern("systemctl link '.*/my units/app'\\{-\\*\\.service,\\.target}");
  }

  @Test
  void settings_that_a_format_ignores_are_reported() throws Exception {
    sandbox.given(".env", "A=1\nB.C=2\n");
    assertThat(export().err()).contains("B.C is not set: systemd accepts no variable of this name");
    assertThat(Files.readString(out("app.env"))).contains("A=\"1\"").doesNotContain("B.C");
    assertThat(sandbox.run("export", "compose", "-u", "ann", "-l", "/var/log").err())
        .contains("-u has no effect: the image", "-l has no effect: containers");
  }

  @Test
  void formats_that_are_gone_or_mistyped_are_answered() throws Exception {
    assertThat(sandbox.run("export", "upstart").err())
        .contains("'upstart' is not supported: the nearest format is systemd");
    assertThat(sandbox.run("export", "sytemd").err()).contains("did you mean 'systemd'");
    assertThat(sandbox.run("export", "systemd").err())
        .contains("name the folder they go to: jlocal export systemd DIR");
  }
}
