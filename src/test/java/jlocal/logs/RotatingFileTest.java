package jlocal.logs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
  @TempDir Path folder;

  private final List<IOException> failures = new ArrayList<>();
  private long now;

  @Test
  void a_full_file_moves_on_and_the_oldest_goes() throws IOException {
    try (var file = file("web.1.log")) {
      for (int i = 1; i <= 9; i++) write(file, "line " + i + "\n");
    }
    assertThat(files())
        .containsExactly(
            "web.1.log: line 9", "web.1.log.1: line 7 line 8", "web.1.log.2: line 5 line 6");
    assertThat(failures).isEmpty();
  }

  @Test
  void what_an_earlier_run_left_is_continued() throws IOException {
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
  void failing_is_told_once_and_tried_again_later() throws IOException {
    Files.createDirectory(folder.resolve("a.log"));
    try (var file = file("a.log")) {
      write(file, "lost\n");
      write(file, "lost\n");
      assertThat(failures).hasSize(1);
      Files.delete(folder.resolve("a.log"));
      write(file, "lost too\n");
      now += SECONDS.toNanos(5);
      write(file, "kept\n");
    }
    assertThat(files()).containsExactly("a.log: kept");
    assertThat(failures).hasSize(1);
  }

  private RotatingFile file(String name) {
    var rotation = new RotatingFile.Rotation(15, 2);
    return new RotatingFile(folder.resolve(name), rotation, failures::add, () -> now);
  }

  private static void write(RotatingFile file, String text) {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    assertThat(file.write(bytes)).isEqualTo(text.length());
    assertThat(bytes.hasRemaining()).isFalse();
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
