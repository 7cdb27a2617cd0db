package jlocal.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jlocal.formation.InstanceName;
import jlocal.logs.EventMessages;
import jlocal.process.ProcessEvent;

/**
 * Keeps the last lines of a process when it fails, before the next one writes. After a crash loop
 * they are printed again, since the lines of other processes have scrolled them away.
 */
final class FailureLines implements ProcessEvent.Listener {
  private static final int LINES = 20;

  private final AppLog log;
  private final Map<InstanceName, ProcessEvent.Exited> ends = new HashMap<>();
  private final Map<InstanceName, List<String>> lines = new ConcurrentHashMap<>();

  FailureLines(AppLog log) {
    this.log = log;
  }

  /** On the manager's thread. */
  @Override
  public void onEvent(ProcessEvent event) {
    InstanceName name = event.name();
    switch (event) {
      case ProcessEvent.Exited exited -> {
        ends.put(name, exited);
        lines.put(name, log.last(name, LINES));
      }
      case ProcessEvent.NotStarted _ -> lines.put(name, List.of());
      case ProcessEvent.GaveUp(_, var status, var neverUp) -> {
        if (!status.isClean() && neverUp > 1) print(name);
      }
      default -> {} // Nothing else is a failure.
    }
  }

  /** The last lines it had written when it failed last; any thread. */
  List<String> ofFailure(InstanceName name) {
    return lines.getOrDefault(name, List.of());
  }

  void print(InstanceName name) {
    List<String> last = ofFailure(name);
    ProcessEvent.Exited end = ends.get(name);
    if (end == null || last.isEmpty()) return;
    EventMessages.sentences(end).forEach(how -> log.say("--- " + how + "; its last lines:"));
    last.forEach(line -> log.say("  " + line));
    log.say("---");
  }
}
