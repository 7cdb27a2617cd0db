package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Keys pressed in the log. */
@Execution(ExecutionMode.CONCURRENT)
class KeysIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void one_that_writes_and_one_that_reads() throws IOException {
    sandbox.given(
        "Procfile",
        """
        one: n=0; while :; do n=$((n + 1)); echo "one says $n"; sleep 0.2; done
        two: read -p 'your name? ' name; echo "hello $name"; exec sleep 1000
        """);
  }

  private String start() {
    return "jlocal start --no-proxy -p " + sandbox.port();
  }

  @Test
  void help_restart_solo_and_quit() throws Exception {
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + "; echo status=$?").until("two.1 is up").until("one.1 is up");

      terminal.press("h").until("r restart, s solo");
      terminal.press("r").until("restart which?  1 one.1  2 two.1");
      terminal.press("2").until("two.1 terminated by SIGTERM");
      terminal.press("s").until("show only which?");
      terminal.press("2").until("only two.1 is shown");
      terminal.press("q").until("q: stopping").until("status=0");
      terminal.type("stty -a").until(" echo ");
    }
  }

  @Test
  void a_filter_is_typed_as_in_a_shell() throws Exception {
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + "; echo status=$?").until("one.1 is up").until("two.1 is up");

      terminal.press("f").until("with which text?");
      terminal.type("9").until("only lines with '9'");
      terminal.until("| one says 19");
      terminal.press("C-c").until("status=0");
      terminal.type("stty -a").until(" echo ");
    }
  }

  @Test
  void connect_and_back_to_the_log() throws Exception {
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + "; echo status=$?").until("two.1 is up").until("your name?");

      terminal.press("c").until("connect to which?");
      terminal.press("2").until("Ctrl-] returns");
      terminal.type("Bob").until("hello Bob");
      terminal.press("C-]").until("no longer connected");
      terminal.press("C-c").until("status=0");
    }
  }

  @Test
  void a_connected_terminal_follows_the_size_of_the_window() throws Exception {
    // Not by a trap for SIGWINCH: bash can lose a signal that comes while it runs the trap.
    sandbox.given(
        "Procfile",
        """
        one: echo ready; while :; do stty size <&1; sleep 0.2; done
        two: exec sleep 1000
        """);
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + "; echo status=$?").until("| ready").until("two.1 is up");
      terminal.press("c").until("connect to which?").press("1").until("50 150");
      terminal.resize(110, 40).until("40 110");
      terminal.press("C-]").until("no longer connected").until("| 40 100");
      terminal.press("C-c").until("status=0");
    }
  }

  @Test
  void a_job_that_came_from_the_background_has_keys_too() throws Exception {
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + " & sleep 3; fg; echo status=$?").until("one.1 is up");
      terminal.press("h").until("r restart, s solo");
      terminal.press("C-c").until("status=0");
      terminal.type("stty -a").until(" echo ").until(" icanon ");
    }
  }

  @Test
  void without_keys_the_keyboard_is_left_alone() throws Exception {
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + " --no-keys; echo status=$?").until("one.1 is up");
      terminal.press("h").press("Enter").press("C-c").until("status=0");

      assertThat(terminal.screen()).doesNotContain("r restart, s solo");
    }
  }
}
