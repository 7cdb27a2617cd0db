package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code start --isolate}: processes run in a copy of what git would deploy. */
@Execution(ExecutionMode.CONCURRENT)
class IsolateIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void data() {
    sandbox.variable("XDG_DATA_HOME", sandbox.runtime().toString());
  }

  private void repository() throws IOException {
    assertThat(sandbox.shell("git init -q . && git add -A").end().status()).isZero();
  }

  private List<Path> copies() throws IOException {
    Path all = sandbox.runtime().resolve("jlocal/isolated");
    if (!Files.exists(all)) return List.of();
    try (Stream<Path> files = Files.list(all)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void processes_see_what_git_tracks_and_write_into_a_copy_that_goes() throws Exception {
    sandbox
        .given("Procfile", "web: bin/show\n")
        .given("bin/show", "#!/bin/sh\necho $A $(ls) $(ls deep); echo new >file; echo $0\n")
        .given(".env", "A=1\n")
        .given(".gitignore", ".env\nnode_modules\n*.db\n")
        .given("data.db", "")
        .given("deep/node_modules/x", "")
        .given("deep/y", "")
        .given("file", "old");
    sandbox.root().resolve("bin/show").toFile().setExecutable(true);
    repository();
    sandbox.given("later", "");

    Finished done = sandbox.start("--isolate").end();

    assertThat(done.lines("web.1")).startsWith("1 Procfile bin deep file node_modules y");
    assertThat(done.out())
        .containsPattern(
            "isolated copy of 5 files, 0 kB, in [0-9.]+ s: the files that git tracks, as they are"
                + " now; linked: deep/node_modules; left out: later, data.db \\(ignored\\)\n");
    assertThat(sandbox.file("file")).isEqualTo("old");
    assertThat(copies()).isEmpty();
    assertThat(done.status()).isZero();
  }

  @Test
  void the_release_phase_and_folders_of_types_are_in_the_copy() throws Exception {
    sandbox
        .given("Procfile", "release: echo yes >api/made\nweb: cat made\n")
        .given(".jlocal", "dir.web: api\n")
        .given("api/x", "");
    repository();

    Finished done = sandbox.start("--isolate", "--release").end();

    assertThat(done.lines("web.1")).containsExactly("yes");
    assertThat(sandbox.root().resolve("api/made")).doesNotExist();
  }

  @Test
  void the_copy_of_a_run_that_was_killed_goes_with_the_next_start() throws Exception {
    sandbox.given("Procfile", "web: echo on; exec sleep 1000\n");
    sandbox.given("other/Procfile", "worker: echo too; exec sleep 1000\n");
    repository();
    Running killed = sandbox.start("--isolate", "web").until("on");
    killed.signal("KILL").end();
    assertThat(copies()).hasSize(1);

    sandbox.start().until("the copy to be gone", this::hasNone).stop();

    Running other = sandbox.start("--isolate", "web").until("on");
    String port = "" + (sandbox.port() + 10);
    sandbox.start("-f", "other/Procfile", "--isolate", "-p", port).until("too").stop();
    assertThat(copies()).hasSize(1);
    assertThat(other.stop().status()).isZero();
    assertThat(copies()).isEmpty();
  }

  private boolean hasNone() {
    try {
      return copies().isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void without_git_and_with_a_watch_nothing_starts() throws Exception {
    sandbox.given("Procfile", "web: touch started\n");

    Finished done = sandbox.start("--isolate").end();

    assertThat(done.err())
        .isEqualTo(
            """
            jlocal: --isolate copies what git deploys: not a git repository (or any of the parent directories): .git
               hint: in a new project:  git init  and  git add .
            """);
    assertThat(done.status()).isEqualTo(2);
    repository();
    assertThat(sandbox.start("--isolate", "--watch").end().err())
        .startsWith("jlocal: --isolate and --watch exclude each other");
    assertThat(sandbox.root().resolve("started")).doesNotExist();
    assertThat(copies()).isEmpty();
  }
}
