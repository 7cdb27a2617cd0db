package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Output that docs/editors.md makes editors match; worktrees and notices. */
@Execution(ExecutionMode.CONCURRENT)
class EditorsIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** A regular expression of the settings for VS Code, by its key. */
  private static Pattern pattern(String key) throws IOException {
    String text = Files.readString(Path.of("docs/editors.md"));
    var found = Pattern.compile("\"" + key + "\": \"(.*)\"").matcher(text);
    assertThat(found.find()).as(key).isTrue();
    return Pattern.compile(found.group(1).replace("\\\\", "\\"));
  }

  @Test
  void the_task_of_VS_Code_knows_when_the_app_is_up() throws Exception {
    sandbox.given("Procfile", "web: exec python3 -m http.server $PORT --bind 127.0.0.1\n");
    Running run =
        sandbox
            .jlocal("start", "--no-color", "-p", "" + sandbox.port(), "--proxy-port", "0")
            .until("web.1 is up");

    assertThat(run.out().lines()).anyMatch(pattern("beginsPattern").asPredicate());
    assertThat(run.out().lines()).anyMatch(pattern("endsPattern").asPredicate());
    run.stop();
  }

  @Test
  void the_task_of_VS_Code_finds_the_line_of_an_error() throws Exception {
    sandbox.given("Procfile", "ok: true\nweb true\n");
    var line = sandbox.run("start").err().lines().findFirst().orElseThrow();
    var found = pattern("regexp").matcher(line);
    assertThat(found.find()).as(line).isTrue();
    assertThat(found.group(1)).isEqualTo("Procfile");
    assertThat(found.group(2)).isEqualTo("2");
    assertThat(found.group(3)).isEqualTo("error");
  }

  @Test
  void a_worktree_is_told_of_the_env_of_its_checkout_and_gets_a_copy() throws Exception {
    sandbox.given("main/.git/worktrees/fix/HEAD", "").given("main/.env", "KEY=value\n");
    sandbox
        .given("fix/Procfile", "ok: echo KEY is $KEY\n")
        .given("fix/.git", "gitdir: ../main/.git/worktrees/fix\n");

    assertThat(sandbox.run("check", "-d", "fix").out())
        .contains("this worktree has no .env: 'jlocal init --from-main' copies ");
    assertThat(sandbox.run("init", "--from-main", "-d", "main", "--yes").err())
        .contains("this folder is not in a git worktree");
    assertThat(sandbox.run("init", "--from-main", "-d", "fix").status()).isEqualTo(2);
    assertThat(sandbox.run("init", "--from-main", "-d", "fix", "--yes").out())
        .contains(".env: a copy of ");
    assertThat(sandbox.file("fix/.env")).isEqualTo("KEY=value\n");
    assertThat(sandbox.run("init", "--from-main", "-d", "fix", "--yes").out())
        .contains("nothing to copy");
    assertThat(sandbox.run("check", "-d", "fix").out()).doesNotContain("--from-main");
  }

  @Test
  void a_crash_and_its_end_are_told_to_the_desktop() throws Exception {
    sandbox.given("bin/notify-send", "#!/bin/sh\necho \"$3\" >>\"$NOTICES\"\n");
    assertThat(sandbox.root().resolve("bin/notify-send").toFile().setExecutable(true)).isTrue();
    Path notices = sandbox.root().resolve("notices");
    sandbox
        .variable("PATH", sandbox.root().resolve("bin") + ":" + System.getenv("PATH"))
        .variable("DISPLAY", ":0")
        .variable("NOTICES", notices.toString())
        .given("Procfile", "one: [ -e done ] && exec sleep 1000; touch done; exit 3\n");

    Running run = sandbox.start("--notify").until("one.1 is up");

    run.until(
        "two notices",
        () -> {
          try {
            return Files.exists(notices) && Files.readAllLines(notices).size() == 2;
          } catch (IOException _) {
            return false;
          }
        });
    assertThat(sandbox.file("notices")).contains("one.1 exited with code 3", "one.1 is up again");
    run.stop();
  }
}
