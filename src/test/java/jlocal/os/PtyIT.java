package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal of ours is to the program on it. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class PtyIT {
  private static final WindowSize SIZE = new WindowSize(31, 97);

  @TempDir Path root;

  private Born born(String script) throws SpawnFailure {
    return new Born(root, script, SIZE);
  }

  @Test
  void all_three_streams_are_a_terminal_of_the_size_asked_for() throws Exception {
    try (var child = born("for f in 0 1 2; do [ -t $f ] && echo tty; done; stty size")) {
      assertThat(child.all()).isEqualTo("tty\ntty\ntty\n31 97\n");
    }
  }

  @Test
  void what_it_writes_arrives_unchanged() throws Exception {
    try (var child = born("printf 'a\\nb\\r\\n\\tc\\033[31m\\303\\251'")) {
      assertThat(child.all()).isEqualTo("a\nb\r\n\tc\033[31mé");
    }
  }

  @Test
  void a_new_size_is_told_to_every_process_of_the_group() throws Exception {
    String script =
        "watch() { trap 'stty size <&1; exit' WINCH; echo ready; while :; do sleep 0.05; done; };"
            + " watch & watch";
    try (var child = born(script)) {
      child.until("both", () -> child.output().equals("ready\nready\n"));

      child.child().resize(new WindowSize(40, 120));

      assertThat(child.all()).isEqualTo("ready\nready\n40 120\n40 120\n");
    }
  }
}
