package jlocal.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys typed into the terminal that jlocal was started from, while jlocal is in the
 * foreground: a background job that reads from its terminal is stopped.
 */
public final class KeyReader implements AutoCloseable {
  private static final int STDIN = 0;
  private static final int BUFFER = 1024;

  /** How often a background job checks whether it is in the foreground, in milliseconds. */
  private static final int BACKGROUND = 1000;

  private final TerminalMode terminal;
  private final Consumer<byte[]> typed;
  private final WakeupPipe wakeup;
  private final Thread thread = Thread.ofPlatform().name("keys").daemon().unstarted(this::run);
  private volatile boolean closing;

  private KeyReader(TerminalMode terminal, Consumer<byte[]> typed, WakeupPipe wakeup) {
    this.terminal = terminal;
    this.typed = typed;
    this.wakeup = wakeup;
  }

  /**
   * Starts to read keys.
   *
   * @param typed called on a thread of its own
   * @return null if there is no terminal, or the JVM cannot set it
   */
  public static @Nullable KeyReader listen(Consumer<byte[]> typed) throws IOException {
    TerminalMode terminal = TerminalMode.take();
    if (terminal == null) return null;
    terminal.cbreak();
    var keyboard = new KeyReader(terminal, typed, WakeupPipe.open());
    Signals.on(Signal.CONT, keyboard.wakeup::wakeup);
    keyboard.thread.start();
    return keyboard;
  }

  public TerminalMode terminal() {
    return terminal;
  }

  private void run() {
    int wakeupDescriptor = wakeup.reader();
    var both = new PollSet(List.of(wakeupDescriptor, STDIN));
    var wakeupAlone = new PollSet(List.of(wakeupDescriptor));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER);
      while (!closing) {
        if (!Tty.isInForeground(STDIN)) {
          awaitForeground(wakeupAlone, wakeupDescriptor, buffer);
          continue;
        }
        both.await();
        if (both.isReady(0)) wake(wakeupDescriptor, buffer);
        else if (Tty.isInForeground(STDIN) && !read(buffer)) return;
      }
    }
  }

  /**
   * Polls, since not every shell sends SIGCONT to a background job that is moved to the foreground.
   */
  private void awaitForeground(PollSet wakeupAlone, int wakeupDescriptor, MemorySegment buffer) {
    wakeupAlone.await(BACKGROUND);
    if (wakeupAlone.isReady(0)) wake(wakeupDescriptor, buffer);
    else terminal.reapply();
  }

  /** Called when the app is ending, or was continued after a stop. */
  private void wake(int wakeupDescriptor, MemorySegment buffer) {
    Tty.read(wakeupDescriptor, buffer);
    if (!closing) terminal.reapply();
  }

  private boolean read(MemorySegment buffer) {
    int count = Tty.read(STDIN, buffer);
    if (count <= 0) return false;
    typed.accept(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
    return true;
  }

  /** Restores the terminal, and ends the thread in native code. */
  @Override
  public void close() {
    closing = true;
    terminal.close();
    wakeup.wakeup();
  }
}
