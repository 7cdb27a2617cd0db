package jlocal.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Supplier;
import jlocal.control.Caller;
import jlocal.control.Keys;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.formation.InstanceName;
import jlocal.os.Screen;
import jlocal.os.WindowSize;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.process.ProcessManager;
import org.jspecify.annotations.Nullable;

/** Lets a person at another terminal sit down before the terminal of one instance. */
final class TerminalDesk {
  private static final byte[] TO_FULL_SCREEN =
      "\033[?1049h\033[2J\033[H".getBytes(StandardCharsets.US_ASCII);

  /** Of what was shown before, so much is shown again. */
  private static final int AGAIN = 4096;

  private final Steering steering;
  private final Roster roster;
  private final ProcessManager manager;
  private final @Nullable Supplier<WindowSize> usual;

  TerminalDesk(
      Steering steering,
      Roster roster,
      ProcessManager manager,
      @Nullable Supplier<WindowSize> usual) {
    this.steering = steering;
    this.roster = roster;
    this.manager = manager;
    this.usual = usual;
  }

  /** Whether there is a terminal to sit down before. */
  Reply answer(Request.Connect request) {
    Reading<SequencedSet<InstanceName>> named = steering.named(List.of(request.name()));
    if (named.hasErrors()) return Orders.refused(named.problems());
    if (named.value().size() > 1) {
      return refused(
          request.name() + " has " + named.value().size() + " instances",
          "name one of them: " + named.value().getFirst());
    }
    InstanceName name = named.value().getFirst();
    if (!roster.of(name).state().isAlive()) {
      return refused(name + " is not running", "start it: jlocal start " + name);
    }
    return screen(name) != null
        ? new Reply.Streaming()
        : refused(
            name + " has no terminal: what it writes goes through a pipe",
            "start the app with --tty always");
  }

  private static Reply refused(String why, String hint) {
    return Orders.refused(List.of(Problem.error(why).hint(hint)));
  }

  private @Nullable Screen screen(InstanceName name) {
    return manager.screen(name).toCompletableFuture().join();
  }

  void stream(Request.Connect request, Caller caller) {
    InstanceName name = steering.named(List.of(request.name())).value().getFirst();
    Screen screen = screen(name);
    if (screen == null) return;
    var onlooker = new Onlooker();
    try {
      sitDown(screen, onlooker, request, caller);
    } catch (IOException _) {
      // The client has gone.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      screen.unwatch(onlooker);
      if (usual != null) screen.resizeIfUnwatched(usual.get());
    }
  }

  private static void sitDown(
      Screen screen, Onlooker onlooker, Request.Connect request, Caller caller)
      throws IOException, InterruptedException {
    byte[] before = screen.watch(onlooker);
    boolean full = ScreenText.endsInFullScreen(before, screen.isRaw());
    var text = new ScreenText(full);
    write(caller.out(), full ? TO_FULL_SCREEN : text.of(lastLines(before)));
    caller.listen(
        line ->
            Keys.read(
                line,
                screen::type,
                (rows, columns) -> screen.resize(new WindowSize(rows, columns))),
        onlooker::closed);
    // Twice, so that a program that draws only what has changed draws all.
    screen.resize(new WindowSize(Math.max(1, request.rows() - 1), request.columns()));
    screen.resize(new WindowSize(request.rows(), request.columns()));
    onlooker.writeTo(caller.out(), text);
  }

  /** Without the rest of a line, or of a sequence, at the front. */
  private static byte[] lastLines(byte[] before) {
    if (before.length <= AGAIN) return before;
    String text = new String(before, StandardCharsets.ISO_8859_1);
    int from = text.indexOf('\n', before.length - AGAIN) + 1;
    return text.substring(from).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void write(WritableByteChannel out, byte[] bytes) throws IOException {
    var text = ByteBuffer.wrap(bytes);
    while (text.hasRemaining()) out.write(text);
  }
}
