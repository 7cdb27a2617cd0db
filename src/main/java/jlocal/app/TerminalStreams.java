package jlocal.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.function.Supplier;
import jlocal.control.Reply;
import jlocal.control.TerminalInput;
import jlocal.formation.InstanceName;
import jlocal.json.JsonFields;
import jlocal.os.ChildTerminal;
import jlocal.os.WindowSize;
import jlocal.problem.UserError;
import jlocal.process.ProcessManager;
import org.jspecify.annotations.Nullable;

/** Attaches another terminal to the terminal of one instance. */
record TerminalStreams(
    Orders orders, ProcessManager manager, @Nullable Supplier<WindowSize> defaultSize) {
  private static final byte[] TO_FULL_SCREEN =
      "\033[?1049h\033[2J\033[H".getBytes(StandardCharsets.US_ASCII);

  /** How much of the earlier output is replayed, in bytes. */
  private static final int REPLAYED = 4096;

  /** Checks that the instance has a terminal. */
  Reply answer(JsonFields request) throws UserError {
    String word = request.text("name");
    var size = new WindowSize(request.small("rows"), request.small("columns"));
    SequencedSet<InstanceName> named = orders.desired().select(List.of(word)).orThrow();
    InstanceName name = named.getFirst();
    if (named.size() > 1) {
      throw new UserError(
          word + " has " + named.size() + " instances", "name one of them: " + name);
    }
    if (!manager.snapshots().of(name).state().isAlive()) {
      throw new UserError(name + " is not running", "start it: jlocal start " + name);
    }
    if (screen(name) != null) return new Reply.Streaming(client -> stream(name, size, client));
    throw new UserError(
        name + " has no terminal: its output is a pipe", "start the app with --tty always");
  }

  private @Nullable ChildTerminal screen(InstanceName name) {
    return manager.screen(name).toCompletableFuture().join();
  }

  private void stream(InstanceName name, WindowSize size, Reply.ClientStream client) {
    ChildTerminal screen = screen(name);
    if (screen == null) return;
    var viewer = new TerminalViewer();
    try {
      attach(screen, viewer, size, client);
    } catch (IOException _) {
      // The client has gone.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      screen.unwatch(viewer);
      if (defaultSize != null) screen.resizeIfUnwatched(defaultSize.get());
    }
  }

  private static void attach(
      ChildTerminal screen, TerminalViewer viewer, WindowSize size, Reply.ClientStream client)
      throws IOException, InterruptedException {
    byte[] before = screen.watch(viewer);
    boolean full = TerminalNewlines.endsInFullScreen(before, screen.isRaw());
    var text = new TerminalNewlines(full);
    write(client.out(), full ? TO_FULL_SCREEN : text.of(lastLines(before)));
    client.listen(
        line ->
            TerminalInput.read(
                line,
                screen::type,
                (rows, columns) -> screen.resize(new WindowSize(rows, columns))),
        viewer::closed);
    // Resize twice, so that programs that draw only changes redraw everything.
    screen.resize(new WindowSize(Math.max(1, size.rows() - 1), size.columns()));
    screen.resize(size);
    viewer.writeTo(client.out(), text);
  }

  /** Returns the output without an incomplete line or escape sequence at the front. */
  private static byte[] lastLines(byte[] before) {
    if (before.length <= REPLAYED) return before;
    String text = new String(before, StandardCharsets.ISO_8859_1);
    int from = text.indexOf('\n', before.length - REPLAYED) + 1;
    return text.substring(from).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void write(WritableByteChannel out, byte[] bytes) throws IOException {
    var text = ByteBuffer.wrap(bytes);
    while (text.hasRemaining()) out.write(text);
  }

  /** The output for one attached terminal; the instance never waits for a slow one. */
  private static final class TerminalViewer implements ChildTerminal.Viewer {
    private static final int MAX_QUEUED = 1024 * 1024;
    private static final byte[] SKIPPED =
        "\r\n[some output was skipped here]\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Queue<byte[]> queued = new ArrayDeque<>();
    private int size;
    private boolean closed;

    @Override
    public synchronized void shown(byte[] bytes) {
      if (size + bytes.length > MAX_QUEUED) {
        queued.clear();
        queued.add(SKIPPED);
        size = 0;
      }
      queued.add(bytes);
      size += bytes.length;
      notifyAll();
    }

    @Override
    public synchronized void closed() {
      closed = true;
      notifyAll();
    }

    private synchronized byte @Nullable [] next() throws InterruptedException {
      while (queued.isEmpty() && !closed) wait();
      byte[] bytes = queued.poll();
      if (bytes != null) size = Math.max(0, size - bytes.length);
      return bytes;
    }

    /** Writes the output until the child or the client has ended. */
    void writeTo(WritableByteChannel out, TerminalNewlines text)
        throws IOException, InterruptedException {
      for (byte[] bytes = next(); bytes != null; bytes = next()) {
        var shown = ByteBuffer.wrap(text.of(bytes));
        while (shown.hasRemaining()) out.write(shown);
      }
    }
  }
}
