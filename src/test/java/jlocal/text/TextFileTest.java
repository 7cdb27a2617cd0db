package jlocal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir Path folder;

  private static String problem(Path file) throws IOException {
    var reading = TextFile.read(file, "shown");
    assertThat(reading.value()).isEmpty();
    assertThat(reading.problems()).hasSize(1);
    return reading.problems().getFirst().toString();
  }

  @Test
  void a_file_is_its_text() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "\uFEFFa\r\nb");
    assertThat(TextFile.read(file, "shown").value()).isEqualTo("a\nb");
  }

  @Test
  void a_missing_file_is_for_the_caller_to_judge() {
    assertThatThrownBy(() -> TextFile.read(folder.resolve("none"), "shown"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void a_directory_is_no_file() throws IOException {
    assertThat(problem(folder)).isEqualTo("shown: error: is a directory, not a file");
  }

  @Test
  void a_file_that_cannot_be_opened_says_why() throws IOException {
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    assertThat(problem(loop))
        .startsWith("shown: error: cannot be read: ")
        .doesNotContain(folder.toString());
  }

  @Test
  void a_file_far_too_large_is_refused_unread() throws IOException {
    Path large = folder.resolve("large");
    try (var file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((64 << 20) + 1);
    }
    assertThat(problem(large))
        .isEqualTo("shown: error: is larger than 64 MB; is it the right file?");
  }
}
