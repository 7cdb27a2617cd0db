package jlocal.os;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Our terminals, as seen by the program. */
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
  void output_of_a_terminal_arrives_unchanged() throws Exception {
    try (var child = born("printf 'a\\nb\\r\\n\\tc\\033[31m\\303\\251'")) {
      assertThat(child.all()).isEqualTo("a\nb\r\n\tc\033[31mé");
    }
  }

  @Test
  void every_process_of_the_group_gets_a_new_size() throws Exception {
    String script =
        "watch() { trap 'stty size <&1; exit' WINCH; echo ready; while :; do sleep 0.05; done; };"
            + " watch & watch";
    try (var child = born(script)) {
      child.until("both", () -> child.output().equals("ready\nready\n"));

      child.child().resize(new WindowSize(40, 120));

      assertThat(child.all()).isEqualTo("ready\nready\n40 120\n40 120\n");
    }
  }

  @Test
  void its_size_is_that_of_a_terminal_attached_to_it() throws Exception {
    // Not by a trap for SIGWINCH: bash loses a signal that comes while it runs the trap.
    String script = "echo ready; while :; do stty size <&1; sleep 0.05; done";
    try (var child = born(script)) {
      child.until("ready");
      ChildTerminal screen = Objects.requireNonNull(child.child().screen());
      var viewer = new Seen();
      screen.watch(viewer);
      screen.resize(new WindowSize(40, 120));
      child.until("40 120");
      child.child().resize(new WindowSize(50, 130));
      screen.resizeIfUnwatched(new WindowSize(51, 131));
      screen.unwatch(viewer);
      screen.resizeIfUnwatched(new WindowSize(60, 140));
      child.until("60 140");
      assertThat(child.output()).doesNotContain("50 130", "51 131");
    }
  }

  @Test
  void a_signal_key_discards_unread_input_but_no_output() throws Exception {
    String script =
        "trap 'echo caught' INT; echo ready; while :; do read line && echo \"got $line\"; done";
    try (var child = born(script)) {
      child.until("ready");
      ChildTerminal screen = Objects.requireNonNull(child.child().screen());
      for (int i = 1; i <= 50; i++) {
        int times = i;
        screen.type("wrong".getBytes(US_ASCII));
        screen.type(new byte[] {3});
        child.until("caught", () -> child.output().split("caught", -1).length > times);
        // A line that is answered shows that the trap is over: bash loses a signal during it.
        screen.type(("right" + i + "\n").getBytes(US_ASCII));
        child.until("got right" + i + "\n");
      }
      assertThat(child.output()).doesNotContain("got wrong");
    }
  }

  @Test
  void an_unread_log_delays_no_other_process_and_loses_nothing() throws Exception {
    try (var child = born("while read line; do echo \"got $line\"; done")) {
      String onceSeen = "until [ -e seen ]; do sleep 0.02; done; seq 1 200000; exec sleep 1000";
      Child loud = child.sibling(root, onceSeen, SIZE);
      var seen = new Seen();
      Objects.requireNonNull(loud.screen()).watch(seen);
      Files.createFile(root.resolve("seen"));
      child.until("the loud one is held up", () -> !loud.output().isEmpty());
      ChildTerminal screen = Objects.requireNonNull(child.child().screen());
      screen.type("one\n".getBytes(US_ASCII));
      child.until("got one");

      var all = new ByteArrayOutputStream();
      String expected = numbers(200_000);
      ByteBuffer bytes = ByteBuffer.allocateDirect(8192);
      while (all.size() < expected.length()) {
        byte[] read = new byte[loud.output().read(bytes.clear())];
        bytes.get(0, read);
        all.writeBytes(read);
      }
      assertThat(all.toString(US_ASCII)).isEqualTo(expected);
      assertThat(seen.bytes).hasValue(expected.length());
      loud.signal(Signal.KILL);
    }
  }

  private static String numbers(int last) {
    var text = new StringBuilder();
    for (int i = 1; i <= last; i++) text.append(i).append('\n');
    return text.toString();
  }

  private static final class Seen implements ChildTerminal.Viewer {
    final AtomicLong bytes = new AtomicLong();

    @Override
    public void shown(byte[] more) {
      bytes.addAndGet(more.length);
    }

    @Override
    public void closed() {}
  }
}
