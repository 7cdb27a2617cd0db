package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class KillIT {
  @Test
  void the_program_behaves_like_the_system_call() throws IOException, InterruptedException {
    for (boolean program : new boolean[] {true, false}) {
      Process child = new ProcessBuilder("sleep", "100").start();
      assertThat(Kill.isThere(child.pid())).isTrue();

      if (program) assertThat(Kill.sendByProgram(child.pid(), "TERM")).isZero();
      else assertThat(Kill.send(child.pid(), Signal.TERM)).isTrue();

      assertThat(ExitStatus.of(child.waitFor())).isEqualTo(new ExitStatus.Signaled(Signal.TERM));
      assertThat(Kill.isThere(child.pid())).isFalse();
      assertThat(Kill.sendByProgram(child.pid(), "TERM")).isNotZero();
    }
  }
}
