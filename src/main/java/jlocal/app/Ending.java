package jlocal.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import jlocal.os.Signal;
import jlocal.os.Signals;
import jlocal.process.ProcessManager;

/** How the app comes to its end: carries out what {@link Shutdown} decides. Any thread. */
final class Ending {
  private final ProcessManager manager;
  private final Consumer<String> log;
  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private Shutdown state = new Shutdown.Running();

  /**
   * Makes an ending.
   *
   * @param log told that a request was understood, as Foreman does it
   */
  Ending(ProcessManager manager, Consumer<String> log) {
    this.manager = manager;
    this.log = log;
  }

  /** Ends the app, or joins the end that is under way; returns at once. */
  synchronized void ask(StopRequest request) {
    Shutdown.Step step = state.on(request, System.nanoTime());
    state = step.next();
    if (step.sentence() != null) log.accept(step.sentence());
    switch (step.action()) {
      case STOP -> manager.shutdown().thenRun(() -> code.complete(exitCode()));
      case KILL -> manager.kill();
      case NOTHING -> {}
    }
  }

  /** Whether something has asked for it. */
  synchronized boolean isUnderWay() {
    return !(state instanceof Shutdown.Running);
  }

  private synchronized int exitCode() {
    return state.code();
  }

  /** Ctrl-C, a supervisor's TERM and the closed terminal end the app. */
  void listenToSignals() {
    for (Signal signal : new Signal[] {Signal.INT, Signal.TERM, Signal.HUP}) {
      Signals.on(signal, () -> ask(new StopRequest.Received(signal)));
    }
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
