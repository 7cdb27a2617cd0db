package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BrokenPipeTest {
  @Test
  void a_pipe_without_a_reader_is_broken() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.source().close();
    try (var sink = pipe.sink()) {
      assertThat(failure(() -> sink.write(ByteBuffer.allocate(1)))).matches(BrokenPipe::is);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_full_device_is_not_a_broken_pipe() throws IOException {
    try (var full = new FileOutputStream("/dev/full")) {
      assertThat(failure(() -> full.write(1))).matches(e -> !BrokenPipe.is(e));
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  private static IOException failure(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      return e;
    }
    throw new AssertionError("nothing failed");
  }
}
