package jlocal.app;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import jlocal.logs.EventMessages;
import jlocal.os.Signal;
import jlocal.os.Signals;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.process.ProcessManager;

/** Ends the app as {@link ShutdownState} decides. Any thread. */
final class Shutdown {
  /** The exit code of an orderly end that leaves processes that jlocal may not end. */
  private static final int EXIT_SURVIVORS = 1;

  private final ProcessManager manager;
  private final Consumer<String> log;
  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private final CompletableFuture<Void> killed = new CompletableFuture<>();
  private ShutdownState state = new ShutdownState.Running();
  private List<String> survivors = List.of();

  /** {@code log} receives a message for each request, as in Foreman. */
  Shutdown(ProcessManager manager, Consumer<String> log) {
    this.manager = manager;
    this.log = log;
  }

  /** Ends the app, or adds a request while it is ending; returns at once. */
  synchronized void ask(ShutdownState.Request request) {
    ShutdownState.Step step = state.on(request, System.nanoTime());
    state = step.next();
    if (step.sentence() != null) log.accept(step.sentence());
    switch (step.action()) {
      case STOP -> manager.shutdown().thenAccept(this::ended);
      case KILL -> {
        manager.kill();
        killed.complete(null);
      }
      case NOTHING -> {}
    }
  }

  private synchronized void ended(List<ProcessManager.Survivor> remaining) {
    survivors = remaining.stream().map(EventMessages::sentence).toList();
    survivors.forEach(log);
    code.complete(survivors.isEmpty() || state.code() != 0 ? state.code() : EXIT_SURVIVORS);
  }

  /** Returns a sentence for each process that could not be ended. */
  synchronized List<String> survivors() {
    return survivors;
  }

  /** Returns how the user can end the grace period; empty if that is impossible. */
  synchronized String howToKill() {
    return state.howToKill(Terminal.is(Stream.IN));
  }

  /** Whether the app is ending. */
  synchronized boolean isUnderWay() {
    return !(state instanceof ShutdownState.Running);
  }

  /** Ends the app at Ctrl-C, a supervisor's TERM, and when the terminal is closed. */
  void listenToSignals() {
    for (Signal signal : new Signal[] {Signal.INT, Signal.TERM, Signal.HUP}) {
      Signals.on(signal, () -> ask(new ShutdownState.Request.Received(signal)));
    }
  }

  /** Completes at a second request; then nothing is awaited. */
  CompletionStage<Void> killed() {
    return killed;
  }

  /** Completes when no process of the app is left. */
  CompletionStage<Integer> over() {
    return code;
  }

  /** Waits until no process of the app is left; returns the exit code. */
  int await() {
    return code.join();
  }
}
