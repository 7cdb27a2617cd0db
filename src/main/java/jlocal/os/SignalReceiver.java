package jlocal.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Receives the signals that the launcher has blocked in all threads of this JVM, on one thread that
 * exists from the start; sigwait(3). The JVM itself would start a thread per signal, and lose the
 * signal if it cannot.
 */
final class SignalReceiver {
  private static final long LOOK_MS = 100;
  private static final long END_MS = 100;

  /** The signals that end a process by default. */
  private static final Set<Signal> ENDING =
      EnumSet.of(Signal.HUP, Signal.INT, Signal.USR1, Signal.TERM);

  private static final Set<Signal> BLOCKED =
      EnumSet.of(
          Signal.HUP, Signal.INT, Signal.USR1, Signal.TERM, Signal.CHLD, Signal.CONT, Signal.WINCH);

  private static final long SELF = ProcessHandle.current().pid();

  private final Map<Signal, Runnable> actions = new ConcurrentHashMap<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("signals").daemon().unstarted(this::run);
  private volatile boolean waiting;
  private volatile boolean closing;

  /** Starts the thread, which is idle until {@link #begin}. */
  void start() {
    thread.start();
  }

  void on(Signal signal, Runnable action) {
    actions.put(signal, action);
  }

  /** Prepares to receive, which takes 20 ms; the first signal that ends us does so, too. */
  void begin() {
    begun.countDown();
  }

  private void run() {
    try {
      while (!begun.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
        if (Signals.isPending(ENDING)) begin();
      }
    } catch (InterruptedException _) {
      return;
    }
    receive();
  }

  private void receive() {
    Set<Signal> awaited = EnumSet.copyOf(BLOCKED);
    // As nohup(1) requires.
    if (Signals.isIgnoredBy(SELF, Signal.HUP)) awaited.remove(Signal.HUP);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = Libc.signalSet(arena, awaited);
      MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
      waiting = true;
      while (!closing) {
        Libc.sigwait(set, number);
        Signal signal = Signal.numbered(number.get(ValueLayout.JAVA_INT, 0));
        if (signal != null && !closing) Threads.guarded(() -> deliver(signal));
      }
    }
  }

  private void deliver(Signal signal) {
    Runnable action = actions.get(signal);
    if (action != null) action.run();
    else if (ENDING.contains(signal)) endBy(signal);
  }

  /** Applies the default action of a signal. */
  private static void endBy(Signal signal) {
    Fifo.deleteAll();
    Libc.unblockSignals();
    Libc.kill(SELF, signal.number());
  }

  /** Ends the thread, for the exit of the JVM waits 300 ms for threads in native code. */
  void close() {
    closing = true;
    if (waiting) Libc.kill(SELF, Signal.CHLD.number());
    thread.interrupt();
    try {
      thread.join(END_MS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
