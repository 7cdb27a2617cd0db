package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A user connected to the terminal of a process. */
@Execution(ExecutionMode.CONCURRENT)
class ConnectIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Running start(String procfile) throws IOException {
    sandbox.given("Procfile", procfile);
    return sandbox.start("--tty", "always");
  }

  @Test
  void a_python_breakpoint_is_answered() throws Exception {
    sandbox.given(
        "app.py",
        """
        import time
        answer = 41
        breakpoint()
        print('went on with', answer, flush=True)
        time.sleep(1000)
        """);
    Running run = start("app: exec python3 app.py\n").until("(Pdb)");

    try (var terminal = sandbox.terminal()) {
      terminal.type("jlocal connect app.1").until("Ctrl-] detaches").until("(Pdb)");
      terminal.type("answer + 1").until("\n42");
      terminal.type("c").until("went on with 41");
      terminal.press("C-]").until("no longer connected");
      terminal.type("stty -a").until(" echo "); // as it was before
    }

    run.until("went on with 41");
    run.stop();
  }

  @Test
  void keys_are_echoed_and_ctrl_c_is_a_signal() throws Exception {
    Running run =
        start(
                """
                sh: trap 'echo interrupted' INT; read -p 'name? ' n; echo "hello $n"; \
                while :; do sleep 1000 & wait; done
                """)
            .until("name?");

    try (var terminal = sandbox.terminal()) {
      terminal.type("jlocal connect sh.1").until("name?");
      terminal.type("Bob").until("name? Bob").until("hello Bob");
      terminal.press("C-c").until("interrupted");
      terminal.press("C-]").until("no longer connected");
    }
    run.stop();
  }

  @Test
  void a_full_screen_program_is_drawn_in_the_size_of_the_terminal() throws Exception {
    Running run = startFullScreen("full").until("full.1 is up");

    try (var terminal = sandbox.terminal()) {
      terminal.type("jlocal connect full.1").until("50 x 150");
      terminal.press("C-c").until("<03>").press("C-z").until("<1a>");
      terminal.resize(100, 30).until("30 x 100");
      terminal.press("C-]").until("no longer connected");
      assertThat(terminal.screen()).contains("jlocal connect full.1"); // its own screen is back
    }
    run.stop();
  }

  @Test
  void a_continued_job_gets_the_keys_and_the_size_again() throws Exception {
    Running run = startFullScreen("halted").until("halted.1 is up");

    try (var terminal = sandbox.terminal()) {
      terminal.type("jlocal connect halted.1").until("50 x 150");
      run.signal("STOP", pidOf("connect halted.1"));
      terminal.until("Stopped").resize(100, 30).type("fg").until("30 x 100");
      terminal.press("C-c").until("<03>");
      terminal.press("C-]").until("no longer connected");
    }
    run.stop();
  }

  private Running startFullScreen(String type) throws IOException {
    sandbox.given(
        "full.py",
        """
        import os, signal, sys, tty
        tty.setraw(0)
        def draw(*_):
            size = os.get_terminal_size(0)
            os.write(1, f'\\x1b[?1049h\\x1b[2J\\x1b[H{size.lines} x {size.columns}'.encode())
        signal.signal(signal.SIGWINCH, draw)
        draw()
        while True:
            key = os.read(0, 1)
            os.write(1, b'<' + key.hex().encode() + b'>')
        """);
    return start(type + ": exec python3 full.py\n");
  }

  private static long pidOf(String command) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").endsWith(command))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  @Test
  void the_end_of_the_process_is_the_end_of_the_connection() throws Exception {
    Running run = start("one: echo go; read; exit 0\ntwo: exec sleep 1000\n").until("go");

    try (var terminal = sandbox.terminal()) {
      terminal.type("jlocal connect one.1").until("go");
      terminal.press("Enter").until("no longer connected");
    }
    run.stop();
  }

  @Test
  void without_a_terminal_there_is_a_reason() throws Exception {
    sandbox.given("Procfile", "one: exec sleep 1000\n");
    Running run = sandbox.start("--tty", "never").until("one.1 is up");

    assertThat(sandbox.run("connect", "one.1").err()).contains("connect needs a terminal");
    try (var terminal = sandbox.terminal()) {
      terminal.type("jlocal connect one.1").until("one.1 has no terminal").until("--tty always");
      terminal.type("jlocal connect on.1").until("did you mean 'one.1'?");
    }
    run.stop();
  }
}
