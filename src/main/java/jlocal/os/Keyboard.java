package jlocal.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a person types into the terminal jlocal was started from, as it comes. Only while jlocal is
 * in the foreground: a background job that reads from its terminal is stopped.
 */
public final class Keyboard implements AutoCloseable {
  private static final int STDIN = 0;
  private static final int BUFFER = 1024;

  /** How often a job in the background looks whether it still is there, in milliseconds. */
  private static final int BACKGROUND = 1000;

  private final RawTerminal terminal;
  private final Consumer<byte[]> typed;
  private final Bell bell;
  private final Thread thread = Thread.ofPlatform().name("keys").daemon().unstarted(this::run);
  private volatile boolean closing;

  private Keyboard(RawTerminal terminal, Consumer<byte[]> typed, Bell bell) {
    this.terminal = terminal;
    this.typed = typed;
    this.bell = bell;
  }

  /**
   * Listens to it.
   *
   * @param typed called on a thread of its own
   * @return null when there is no terminal, or none that this JVM can set
   */
  public static @Nullable Keyboard listen(Consumer<byte[]> typed) throws IOException {
    RawTerminal terminal = Native.available() ? RawTerminal.take() : null;
    if (terminal == null) return null;
    terminal.keys();
    var keyboard = new Keyboard(terminal, typed, Bell.hang());
    Signals.on(Signal.CONT, keyboard.bell::ring);
    keyboard.thread.start();
    return keyboard;
  }

  /** How it is set. */
  public RawTerminal terminal() {
    return terminal;
  }

  private void run() {
    int bellDescriptor = bell.descriptor();
    var both = new PollSet(List.of(bellDescriptor, STDIN));
    var bellAlone = new PollSet(List.of(bellDescriptor));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER);
      while (!closing) {
        if (!Tty.isInForeground(STDIN)) {
          awaitForeground(bellAlone, bellDescriptor, buffer);
          continue;
        }
        both.await();
        if (both.hasNews(0)) wake(bellDescriptor, buffer);
        else if (Tty.isInForeground(STDIN) && !read(buffer)) return;
      }
    }
  }

  /** Not every shell tells a job that runs in the background when it comes to the front. */
  private void awaitForeground(PollSet bellAlone, int bellDescriptor, MemorySegment buffer) {
    bellAlone.await(BACKGROUND);
    if (bellAlone.hasNews(0)) wake(bellDescriptor, buffer);
    else terminal.setAgain();
  }

  /** The app ends, or goes on after it was stopped. */
  private void wake(int bellDescriptor, MemorySegment buffer) {
    Tty.read(bellDescriptor, buffer);
    if (!closing) terminal.setAgain();
  }

  private boolean read(MemorySegment buffer) {
    int count = Tty.read(STDIN, buffer);
    if (count <= 0) return false;
    typed.accept(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
    return true;
  }

  /** Puts the terminal back; no thread is left in native code. */
  @Override
  public void close() {
    closing = true;
    terminal.close();
    bell.ring();
  }
}
