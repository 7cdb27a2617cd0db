package jlocal.app;

import java.util.ArrayList;
import java.util.List;
import jlocal.formation.InstanceName;
import jlocal.logs.EventMessages;
import jlocal.process.ProcessEvent;
import org.jspecify.annotations.Nullable;

/** What {@code --ci} prints at the end: how long each process ran, and which one failed. */
final class CiSummary implements ProcessEvent.Listener {
  private final List<String> timings = new ArrayList<>();
  private @Nullable InstanceName failed;

  @Override
  public synchronized void onEvent(ProcessEvent event) {
    if (!(event instanceof ProcessEvent.Exited exited)) return;
    timings.addAll(EventMessages.sentences(exited));
    boolean crash = !exited.asked() && !exited.status().isClean();
    if (crash && failed == null) failed = exited.name();
  }

  /** A sentence for each end of a process, in order. */
  synchronized List<String> timings() {
    return List.copyOf(timings);
  }

  /** The first that crashed; null if none did. */
  synchronized @Nullable InstanceName failed() {
    return failed;
  }
}
