package jlocal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
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
  void a_file_over_the_limit_is_refused() throws IOException {
    Path large = folder.resolve("large");
    try (var file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((64 << 20) + 1);
    }
    assertThat(problem(large))
        .isEqualTo("shown: error: is larger than 64 MB; is it the right file?");
  }

  private Path pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  @Test
  void a_pipe_is_read_to_its_end_however_slowly_it_is_written() throws Exception {
    Path pipe = pipe();
    String script = "exec >\"$0\"; echo a; sleep 0.3; echo b";
    new ProcessBuilder("sh", "-c", script, pipe.toString()).start();

    assertThat(TextFile.read(pipe, "shown").value()).isEqualTo("a\nb\n");
  }

  @Test
  void a_pipe_that_no_program_writes_to_is_an_error_and_leaves_no_thread() throws Exception {
    Path pipe = pipe();

    var reading = TextFile.read(pipe, "shown", Duration.ofMillis(50));

    assertThat(reading.problems().toString())
        .startsWith("[shown: error: is a pipe that no program writes to ");
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("pipe"));
  }

  @Test
  void sockets_and_devices_are_refused_but_the_null_device_is_empty() throws IOException {
    Path socket = folder.resolve("s");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));

      assertThat(problem(socket)).isEqualTo("shown: error: is a socket, not a file");
    }
    assertThat(problem(Path.of("/dev/zero"))).isEqualTo("shown: error: is a device, not a file");
    assertThat(TextFile.read(Path.of("/dev/null"), "shown").problems()).isEmpty();
  }

  @Test
  void a_link_to_no_file_is_not_the_same_as_no_file() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("gone/.env"));

    assertThat(problem(link))
        .isEqualTo("shown: error: is a link to gone/.env, which does not exist");
  }
}
