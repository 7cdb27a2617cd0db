package jlocal.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import jlocal.formation.InstanceName;

/** What is waited for before an instance gets SIGTERM: web finishes its requests. */
@FunctionalInterface
public interface DrainHook {
  /** There is nothing to wait for. */
  CompletionStage<Void> DRAINED = CompletableFuture.completedStage(null);

  /** Nothing is ever waited for. */
  DrainHook NONE = _ -> DRAINED;

  /**
   * Starts draining an instance that is being stopped. Called on the manager's thread, so it must
   * not block.
   *
   * @return completes, on any thread and in any way, when the instance may be terminated
   */
  CompletionStage<Void> drain(InstanceName name);
}
