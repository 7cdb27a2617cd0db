package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import jlocal.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** jlocal in a terminal. */
@Execution(ExecutionMode.CONCURRENT)
class TerminalIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private String start() {
    return "jlocal start --no-proxy -p " + sandbox.port();
  }

  @Test
  void ctrl_c_reaches_a_child_exactly_once_and_as_term() throws Exception {
    sandbox.given(
        "Procfile",
        """
        web: trap 'echo INT >>signals' INT; trap 'echo TERM >>signals; exit' TERM; \
        echo ready; while :; do sleep 0.1; done
        """);
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + "; echo status=$?").until("| ready");

      terminal.press("C-c").until("status=0");

      assertThat(sandbox.file("signals")).isEqualTo("TERM\n");
    }
  }

  @Test
  void a_second_ctrl_c_kills() throws Exception {
    sandbox.given("Procfile", "deaf: trap '' TERM; echo ready; while :; do sleep 1; done\n");
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + " -t 1000; echo status=$?").until("| ready");

      terminal.press("C-c").until("waiting for deaf.1").press("C-c").until("status=130");

      assertThat(sandbox.children().toString()).doesNotContain("trap ''");
    }
  }

  @Test
  void nothing_survives_the_terminal() throws Exception {
    sandbox.given("Procfile", "web: (setsid sleep 1001 &); echo ready; sleep 1002\n");
    try (var terminal = sandbox.terminal()) {
      terminal.type(start()).until("| ready");

      terminal.closeWindow();
    }

    assertThat(Await.within(Await.LIMIT, () -> sandbox.children().isEmpty())).isTrue();
  }

  @Test
  void each_type_has_a_colour_and_the_colours_of_a_child_are_kept() throws Exception {
    sandbox.given("Procfile", "web: printf '\\033[31mred\\033[0m\\n'\nworker: echo plain\n");
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + "; echo status=$?").until("status=0");

      String screen = terminal.colours();

      assertThat(screen).contains("\033[31mred"); // SGR 31: red, the child's own
      assertThat(screen).containsPattern("\033\\[3[0-9]mweb\\.1 ");
      assertThat(screen).containsPattern("\033\\[3[0-9]mworker\\.1");
    }
  }

  @Test
  void no_color_means_none() throws Exception {
    sandbox.given("Procfile", "web: printf '\\033[31mred\\033[0m\\n'\n");
    try (var terminal = sandbox.terminal()) {
      terminal.type("NO_COLOR=1 " + start() + "; echo status=$?").until("status=0");

      assertThat(terminal.colours()).contains("| red").doesNotContain("\033[3");
    }
  }

  @Test
  void a_one_off_command_has_the_terminal() throws Exception {
    try (var terminal = sandbox.terminal()) {
      terminal.type("jlocal run bash --norc -c 'tty && read -p name? x && echo \"hello $x\"'");

      terminal.until("name?").type("Ada").until("hello Ada");

      assertThat(terminal.screen()).contains("/dev/pts/");
    }
  }

  @Test
  void ctrl_c_ends_a_one_off_command_as_without_jlocal() throws Exception {
    try (var terminal = sandbox.terminal()) {
      terminal.type("jlocal run sh -c 'echo started; sleep 1000'");

      terminal.until("\nstarted").press("C-c").type("echo status=$?").until("status=130");
    }
  }

  @Test
  void long_lines_are_cut_or_wrapped_at_the_width_of_the_window() throws Exception {
    sandbox.given("Procfile", "web: printf '%0200d.\\n' 7\n");
    try (var terminal = sandbox.terminal()) {
      terminal.type(start() + " --hide manager,router --trim; echo status=$?").until("status=0");
      assertThat(terminal.screen()).containsPattern("web\\.1 \\| 0+\n").doesNotContain("7.");

      terminal.type("clear; " + start() + " --hide manager,router --wrap; echo code=$?");

      String screen = terminal.until("code=0").screen();
      assertThat(screen).containsPattern("web\\.1 \\| 0+\n {8}0+7\\.");
    }
  }
}
