package jlocal.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.control.TerminalInput;
import jlocal.formation.InstanceName;
import jlocal.logs.Source;
import jlocal.os.KeyReader;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.os.TerminalMode;
import jlocal.os.WindowSize;
import org.jspecify.annotations.Nullable;

/** Handles keys in the log of an app in the foreground, without a full-screen interface. */
final class KeyboardShortcuts implements AutoCloseable {
  private final CommandHandler handler;
  private final Orders orders;
  private final AppLog log;
  private final WritableByteChannel out;
  private final Runnable quit;
  private final KeyMenu menu = new KeyMenu();
  private @Nullable KeyReader keyboard;
  private volatile Consumer<byte[]> typed = this::pressed;
  private volatile @Nullable Consumer<String> connected;

  KeyboardShortcuts(
      CommandHandler handler, Orders orders, AppLog log, WritableByteChannel out, Runnable quit) {
    this.handler = handler;
    this.orders = orders;
    this.log = log;
    this.out = out;
    this.quit = quit;
  }

  /** Starts to listen; does nothing without a terminal. */
  synchronized void open() {
    try {
      keyboard = KeyReader.listen(keys -> typed.accept(keys));
    } catch (IOException _) {
      keyboard = null; // The log works without keys.
    }
  }

  private TerminalMode terminal() {
    return Objects.requireNonNull(keyboard).terminal();
  }

  private void pressed(byte[] keys) {
    if (keys.length > 1 && keys[0] == 0x1b) return; // an arrow, for example
    for (byte key : keys) {
      var counts = orders.desired().formation().counts();
      var types = counts.keySet().stream().map(Object::toString).toList();
      var names = orders.desired().formation().specs().keySet();
      act(menu.press((char) key, types, names.stream().map(Object::toString).toList()));
    }
  }

  private void act(KeyMenu.Act act) {
    switch (act) {
      case KeyMenu.Act.Nothing _ -> {}
      case KeyMenu.Act.Say(var sentences) -> sentences.forEach(log::say);
      case KeyMenu.Act.Restart(var name) ->
          order(Request.of("restart", "names", List.of(name), "await", true));
      case KeyMenu.Act.Dashboard _ -> order(Request.of("dashboard", "open", true));
      case KeyMenu.Act.Solo(var name) -> {
        log.filter().only(source -> isOf(name, source));
        log.say("only " + name + " is shown; s 0 shows all again");
      }
      case KeyMenu.Act.ShowAll _ -> {
        log.filter().all();
        log.say("all lines are shown again");
      }
      case KeyMenu.Act.Filter _ -> askForText();
      case KeyMenu.Act.Connect(var name) -> connect(name);
      case KeyMenu.Act.Quit _ -> quit.run();
    }
  }

  private void order(Request request) {
    Thread.ofPlatform()
        .name("restart")
        .daemon()
        .start(() -> {
          Reply reply = handler.answer(request);
          if (reply instanceof Reply.Refused(var why, _)) log.say(why);
        });
  }

  private static boolean isOf(String name, Source source) {
    return source instanceof Source.App(InstanceName its)
        && (its.toString().equals(name) || its.type().name().equals(name));
  }

  /** Uses the terminal's own echo and line editing. */
  private void askForText() {
    log.say("show only lines with which text? (Enter alone: all)");
    terminal().initial();
    typed = this::filter;
  }

  private void filter(byte[] line) {
    terminal().cbreak();
    typed = this::pressed;
    String text = new String(line, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      act(new KeyMenu.Act.ShowAll());
    } else {
      log.filter().only(Pattern.compile(Pattern.quote(text)));
      log.say("only lines with '" + text + "' are shown; f Enter shows all again");
    }
  }

  private void connect(String name) {
    WindowSize size = Terminal.size(Stream.OUT);
    Reply reply =
        handler.answer(
            Request.of("connect", "name", name, "rows", size.rows(), "columns", size.columns()));
    if (reply instanceof Reply.Refused(var why, var hint)) {
      log.say(why + (hint.isEmpty() ? "" : "; " + hint));
      return;
    }
    var ahead = new TypedAhead();
    typed = ahead;
    var viewer = Thread.ofPlatform().name("connected").daemon();
    log.say(
        "connected to " + name + "; Ctrl-] returns to the log",
        () -> {
          log.filter().none();
          if (reply instanceof Reply.Streaming(var writer)) {
            viewer.start(() -> showTerminal(writer, ahead));
          }
        });
  }

  private void showTerminal(Consumer<Reply.ClientStream> writer, TypedAhead ahead) {
    terminal().raw();
    writer.accept(new Here(ahead));
    connected = null;
    typed = this::pressed;
    terminal().cbreak();
    write(TerminalMode.FULL_SCREEN_OFF);
    log.filter().all();
    log.say("no longer connected; 'jlocal logs' shows what was written in the meantime");
  }

  /** Buffers input until there is a reader. */
  private static final class TypedAhead implements Consumer<byte[]> {
    private final List<byte[]> kept = new ArrayList<>();
    private @Nullable Consumer<byte[]> reader;

    @Override
    public synchronized void accept(byte[] keys) {
      if (reader == null) kept.add(keys);
      else reader.accept(keys);
    }

    synchronized void readBy(Consumer<byte[]> next) {
      reader = next;
      kept.forEach(next);
      kept.clear();
    }
  }

  /** The user of this terminal, connected like a client. */
  private final class Here implements Reply.ClientStream {
    private final TypedAhead ahead;

    Here(TypedAhead ahead) {
      this.ahead = ahead;
    }

    @Override
    public WritableByteChannel out() {
      return out;
    }

    @Override
    public void listen(Consumer<String> line, Runnable gone) {
      connected = line;
      ahead.readBy(keys -> {
        int leave = TerminalInput.beforeLeave(keys);
        byte[] before = leave < 0 ? keys : Arrays.copyOf(keys, leave);
        if (before.length > 0) line.accept(TerminalInput.typed(before));
        if (leave >= 0) gone.run();
      });
    }
  }

  /** Passes the new size of the terminal on to the process that is connected to it. */
  void resized() {
    Consumer<String> line = connected;
    if (line == null) return;
    WindowSize size = Terminal.size(Stream.OUT);
    line.accept(TerminalInput.resized(size.rows(), size.columns()));
  }

  private void write(String text) {
    try {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) out.write(bytes);
    } catch (IOException _) {
      // The terminal is gone.
    }
  }

  @Override
  public synchronized void close() {
    if (keyboard != null) keyboard.close();
  }
}
