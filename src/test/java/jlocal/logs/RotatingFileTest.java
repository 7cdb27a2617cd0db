package jlocal.logs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
  private static final RotatingFile.Rotation ROTATION = new RotatingFile.Rotation(15, 2);

  @TempDir Path folder;

  private long now;

  @Test
  void a_full_file_is_rotated_and_the_oldest_is_deleted() throws IOException {
    try (var file = file("web.1.log")) {
      for (int i = 1; i <= 9; i++) write(file, "line " + i + "\n");
    }
    assertThat(files())
        .containsExactly(
            "web.1.log: line 9", "web.1.log.1: line 7 line 8", "web.1.log.2: line 5 line 6");
  }

  @Test
  void the_file_of_an_earlier_run_is_continued() throws IOException {
    Files.writeString(folder.resolve("a.log"), "before\n");
    try (var file = file("a.log")) {
      write(file, "after\n");
      write(file, "next\n");
    }
    assertThat(files()).containsExactly("a.log: next", "a.log.1: before after");
  }

  @Test
  void a_line_longer_than_a_file_is_kept_whole() throws IOException {
    try (var file = file("a.log")) {
      write(file, "short\n");
      write(file, "much longer than a file\n");
      write(file, "short\n");
    }
    assertThat(files())
        .containsExactly("a.log: short", "a.log.1: much longer than a file", "a.log.2: short");
  }

  @Test
  void a_moved_file_is_no_longer_written() throws IOException {
    try (var file = file("a.log")) {
      write(file, "one\n");
      Files.move(folder.resolve("a.log"), folder.resolve("a.log.old"));
      now += SECONDS.toNanos(1);
      write(file, "two\n");
    }
    assertThat(files()).containsExactly("a.log: two", "a.log.old: one");
  }

  @Test
  void a_deleted_folder_is_created_again() throws IOException {
    Path file = folder.resolve("log/deep/a.log");
    try (var log = new RotatingFile(file, ROTATION, () -> now)) {
      write(log, "one\n");
      for (Path gone : List.of(file, folder.resolve("log/deep"), folder.resolve("log"))) {
        Files.delete(gone);
      }
      now += SECONDS.toNanos(1);
      write(log, "two\n");
    }
    assertThat(file).hasContent("two\n");
  }

  @Test
  void a_truncated_file_is_no_longer_full() throws IOException {
    try (var file = file("a.log")) {
      write(file, "0123456789\n");
      Files.write(folder.resolve("a.log"), new byte[0]);
      now += SECONDS.toNanos(1);
      write(file, "next line\n");
    }
    assertThat(files()).containsExactly("a.log: next line");
  }

  @Test
  void files_and_folders_are_for_their_owner_only() throws IOException {
    Path file = folder.resolve("log/deep/a.log");
    try (var log = new RotatingFile(file, ROTATION)) {
      write(log, "one\n");
    }
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("log/deep"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("log"))).isEqualTo("rwx------");
  }

  @Test
  void links_are_not_followed() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "precious\n");
    Files.createSymbolicLink(folder.resolve("a.log"), target);
    Files.createSymbolicLink(folder.resolve("b.log"), folder.resolve("missing"));
    try (var a = file("a.log");
        var b = file("b.log")) {
      assertThatThrownBy(() -> write(a, "no\n")).hasMessageEndingWith("is a symbolic link");
      assertThatThrownBy(() -> write(b, "no\n")).hasMessageEndingWith("is a symbolic link");
    }
    assertThat(target).hasContent("precious\n");
    assertThat(folder.resolve("missing")).doesNotExist();
  }

  @Test
  void a_link_that_replaces_the_file_is_not_followed() throws IOException {
    try (var file = file("a.log")) {
      write(file, "one\n");
      Files.delete(folder.resolve("a.log"));
      Files.createSymbolicLink(folder.resolve("a.log"), folder.resolve("missing"));
      now += SECONDS.toNanos(1);
      assertThatThrownBy(() -> write(file, "no\n")).hasMessageEndingWith("is a symbolic link");
    }
    assertThat(folder.resolve("missing")).doesNotExist();
  }

  @Test
  void a_file_in_place_of_the_folder_is_reported() throws IOException {
    Files.writeString(folder.resolve("log"), "");
    try (var file = file("log/a.log")) {
      assertThatThrownBy(() -> write(file, "no\n")).hasMessageEndingWith("log is not a folder");
    }
  }

  @Test
  @Timeout(20)
  void a_named_pipe_does_not_block() throws Exception {
    new ProcessBuilder("mkfifo", folder.resolve("a.log").toString()).start().waitFor();
    try (var file = file("a.log")) {
      assertThatThrownBy(() -> write(file, "no\n")).hasMessageEndingWith("is not a regular file");
    }
  }

  private RotatingFile file(String name) {
    return new RotatingFile(folder.resolve(name), ROTATION, () -> now);
  }

  private static void write(RotatingFile file, String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    assertThat(file.write(bytes)).isEqualTo(text.length());
    assertThat(bytes.hasRemaining()).isFalse();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.sorted().map(RotatingFileTest::content).toList();
    }
  }

  private static String content(Path file) {
    try {
      return file.getFileName() + ": " + String.join(" ", Files.readAllLines(file));
    } catch (IOException e) {
      return file + ": " + e;
    }
  }
}
