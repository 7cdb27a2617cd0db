package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import jlocal.control.ControlClient;
import jlocal.control.Request;
import jlocal.control.TerminalInput;
import jlocal.os.Signal;
import jlocal.os.Signals;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.os.TerminalMode;
import jlocal.os.WindowSize;
import jlocal.problem.UserError;

/** Attaches this terminal to an instance of the running app. */
final class ConnectCommand extends RunningAppCommand {
  ConnectCommand() {
    super("connect", "ps:connect");
    takes("TYPE.N", "1");
    withoutJson();
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws Exception {
    if (!Terminal.is(Stream.IN) || !Terminal.is(Stream.OUT)) {
      throw new UserError("connect needs a terminal", "jlocal logs -t shows a log anywhere");
    }
    String name = values.arguments().getFirst();
    WindowSize size = Terminal.size(Stream.OUT);
    var request =
        Request.of("connect", "name", name, "rows", size.rows(), "columns", size.columns());
    return app.question(request, (_, client) -> connected(name, client, context));
  }

  private static int connected(String name, ControlClient client, Context context)
      throws IOException {
    context.err().line("connected to " + name + "; Ctrl-] detaches and leaves it running");
    try (TerminalMode terminal = TerminalMode.take()) {
      if (terminal != null) terminal.raw();
      Signals.on(Signal.WINCH, () -> resize(client));
      if (terminal != null) Signals.on(Signal.CONT, () -> goOn(terminal, client));
      Thread.ofPlatform().name("keys").daemon().start(() -> type(client));
      client.copyTo(new FileOutputStream(FileDescriptor.out).getChannel());
    }
    context.out().print(TerminalMode.FULL_SCREEN_OFF);
    context.err().line("no longer connected to " + name);
    return ExitCode.DONE.status();
  }

  private static void resize(ControlClient client) {
    WindowSize size = Terminal.size(Stream.OUT);
    client.say(TerminalInput.resized(size.rows(), size.columns()));
  }

  /** Continues after a stop, by kill(1) for example: the shell has changed the terminal mode. */
  private static void goOn(TerminalMode terminal, ControlClient client) {
    terminal.raw();
    WindowSize size = Terminal.size(Stream.OUT);
    // Resize twice, so that programs that draw only changes redraw everything.
    client.say(TerminalInput.resized(Math.max(1, size.rows() - 1), size.columns()));
    resize(client);
  }

  /** Reads the terminal directly: System.in would wait to fill its buffer. */
  private static void type(ControlClient client) {
    InputStream in = new FileInputStream(FileDescriptor.in);
    byte[] keys = new byte[1024];
    try {
      for (int n = in.read(keys); n >= 0; n = in.read(keys)) {
        byte[] typed = Arrays.copyOf(keys, n);
        int leave = TerminalInput.beforeLeave(typed);
        if (leave != 0)
          client.say(TerminalInput.typed(leave < 0 ? typed : Arrays.copyOf(typed, leave)));
        if (leave >= 0) break;
      }
    } catch (IOException _) {
      // The terminal is gone.
    }
    client.hangUp();
  }
}
