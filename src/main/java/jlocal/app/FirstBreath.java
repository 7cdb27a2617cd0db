package jlocal.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import jlocal.process.ProcessEvent;

/**
 * The moment the first process is there, or could not be started: what is not urgent waits for it.
 */
final class FirstBreath implements ProcessEvent.Listener {
  private final CompletableFuture<Void> drawn = new CompletableFuture<>();

  @Override
  public void onEvent(ProcessEvent event) {
    if (event instanceof ProcessEvent.Started || event instanceof ProcessEvent.NotStarted) {
      drawn.complete(null);
    }
  }

  /** Waits for it; not longer than for the end of the app, before which it need not come. */
  void await(CompletionStage<?> end) {
    end.whenComplete((_, _) -> drawn.complete(null));
    drawn.join();
  }
}
