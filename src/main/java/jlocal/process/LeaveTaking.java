package jlocal.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import jlocal.formation.InstanceName;

/** What an instance may still do before it is told to end: web finishes its requests. */
@FunctionalInterface
public interface LeaveTaking {
  /** Nothing is left to do. */
  CompletionStage<Void> TAKEN = CompletableFuture.completedStage(null);

  /** Everybody is told to end at once. */
  LeaveTaking NONE = _ -> TAKEN;

  /**
   * Called on the manager's thread when the instance is stopping already, so hand over and return.
   *
   * @return completes, on any thread and in any way, when it is ready to be told
   */
  CompletionStage<Void> of(InstanceName name);
}
