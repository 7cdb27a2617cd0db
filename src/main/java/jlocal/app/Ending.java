package jlocal.app;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jlocal.os.Signal;
import jlocal.os.Signals;
import org.jspecify.annotations.Nullable;

/**
 * How the app comes to its end: who asked first decides the exit code, who asks again is in a
 * hurry.
 */
final class Ending {
  private final Supplier<CompletionStage<Void>> shutdown;
  private final Consumer<String> log;
  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private @Nullable Integer asked;

  /**
   * Makes an ending.
   *
   * @param shutdown ends all instances; called again it kills
   * @param log told that a signal was understood, as Foreman does it
   */
  Ending(Supplier<CompletionStage<Void>> shutdown, Consumer<String> log) {
    this.shutdown = shutdown;
    this.log = log;
  }

  /** Ends the app with this code, unless it is ending already. */
  void end(int exitCode) {
    if (isFirst(exitCode)) finish(exitCode);
  }

  /** A person asked for it in another way than by a signal; waits until nothing is left. */
  int asked(String how) {
    boolean first = isFirst(0);
    log.accept(how + (first ? ": stopping" : " again: killing"));
    finish(0);
    return await();
  }

  /** A signal: the first ends the app in order (0), the second at once (128+n). */
  void signalled(Signal signal) {
    boolean first = isFirst(0);
    log.accept(signal + (first ? " received: stopping" : " received again: killing"));
    finish(first ? 0 : 128 + signal.number());
  }

  private synchronized boolean isFirst(int exitCode) {
    if (asked != null) return false;
    asked = exitCode;
    return true;
  }

  private synchronized void finish(int exitCode) {
    asked = exitCode;
    shutdown.get().thenRun(() -> code.complete(exitCode()));
  }

  private synchronized int exitCode() {
    return Objects.requireNonNull(asked);
  }

  /** Ctrl-C, a supervisor's TERM and the closed terminal end the app. */
  void listenToSignals() {
    Signals.on(Signal.INT, () -> signalled(Signal.INT));
    Signals.on(Signal.TERM, () -> signalled(Signal.TERM));
    Signals.on(Signal.HUP, () -> signalled(Signal.HUP));
  }

  /** Completes when nothing of the app is left. */
  CompletionStage<Integer> over() {
    return code;
  }

  /** Waits until nothing of the app is left; the exit code. */
  int await() {
    return code.join();
  }
}
