package jlocal.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolatedCopyTest {
  @TempDir Path temporary;
  private Path app;
  private Path all;

  @BeforeEach
  void folders() throws Exception {
    app = Files.createDirectory(temporary.toRealPath().resolve("app ä"));
    all = temporary.resolve("copies");
    git(app, "init", "-q");
  }

  private static void git(Path folder, String... words) throws Exception {
    var command = new ProcessBuilder("git", "-c", "protocol.file.allow=always");
    command.command().addAll(List.of("-c", "user.name=x", "-c", "user.email=x@example.com"));
    command.command().addAll(List.of(words));
    command.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    Process process = command.directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void links_modes_times_and_odd_names_are_kept() throws Exception {
    Files.writeString(app.resolve("täst\n file"), "x");
    Path script = Files.writeString(app.resolve("script"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
    Files.setLastModifiedTime(script, FileTime.from(Instant.ofEpochSecond(1_000_000_000)));
    Files.createSymbolicLink(app.resolve("link"), Path.of("script"));
    Files.createSymbolicLink(app.resolve("dangling"), Path.of("/nowhere/at/all"));
    Files.writeString(app.resolve("gone"), "");
    git(app, "add", "-A");
    Files.delete(app.resolve("gone"));
    Files.writeString(app.resolve("täst\n file"), "changed");

    try (IsolatedCopy copy = IsolatedCopy.in(all)) {
      Path root = copy.fill(app);

      assertThat(root.resolve("täst\n file")).hasContent("changed");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("script"))))
          .isEqualTo("rwxr-x---");
      assertThat(Files.getLastModifiedTime(root.resolve("script")).to(TimeUnit.SECONDS))
          .isEqualTo(1_000_000_000);
      assertThat(Files.readSymbolicLink(root.resolve("link"))).isEqualTo(Path.of("script"));
      assertThat(Files.readSymbolicLink(root.resolve("dangling"))).hasToString("/nowhere/at/all");
      assertThat(copy.summary(0.5))
          .isEqualTo(
              "isolated copy of 4 files, 0 kB, in 0.50 s: the files that git tracks, as they are"
                  + " now");
      Files.writeString(root.resolve("täst\n file"), "in the copy");
    }
    assertThat(app.resolve("täst\n file")).hasContent("changed");
  }

  @Test
  void an_app_below_the_root_has_the_rest_of_the_repository_beside_it() throws Exception {
    Path backend = Files.createDirectories(app.resolve("apps/backend"));
    Files.writeString(backend.resolve("Procfile"), "web: true\n");
    Files.writeString(app.resolve("shared"), "s");
    git(app, "add", "-A");

    try (IsolatedCopy copy = IsolatedCopy.in(all)) {
      assertThat(copy.fill(backend).resolve("../../shared")).hasContent("s");
      Path docs = Files.createDirectories(app.resolve("docs"));
      assertThatThrownBy(() -> copy.fill(docs)).hasMessage("git tracks no file here");
    }
  }

  @Test
  void the_files_of_a_submodule_are_copied() throws Exception {
    Path other = Files.createDirectory(temporary.resolve("other"));
    git(other, "init", "-q");
    Files.writeString(other.resolve("file"), "of the submodule");
    git(other, "add", "-A");
    git(other, "commit", "-qm", "x");
    git(app, "submodule", "--quiet", "add", other.toString(), "lib");

    try (IsolatedCopy copy = IsolatedCopy.in(all)) {
      assertThat(copy.fill(app).resolve("lib/file")).hasContent("of the submodule");
    }
  }

  @Test
  void closing_deletes_everything_but_the_targets_of_links() throws Exception {
    Path module = Files.createDirectories(app.resolve("node_modules/x"));
    Files.writeString(app.resolve(".gitignore"), "node_modules\n");
    git(app, "add", "-A");
    Path root;
    try (IsolatedCopy copy = IsolatedCopy.in(all)) {
      root = copy.fill(app);
      Path deep = Files.createDirectories(root.resolve("made/deep"));
      Files.createFile(deep.resolve("file"));
      Files.setPosixFilePermissions(deep, PosixFilePermissions.fromString("r-xr-xr-x"));
      assertThat(root.resolve("node_modules/x")).isDirectory();
    }
    assertThat(Files.exists(root, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(module).isDirectory();
    assertThat(all.toFile().list()).containsExactly("all");
  }

  @Test
  void a_repository_without_files_is_refused() throws Exception {
    try (IsolatedCopy copy = IsolatedCopy.in(all)) {
      assertThatThrownBy(() -> copy.fill(app))
          .isInstanceOf(IOException.class)
          .hasMessage("git tracks no file here");
    }
  }
}
