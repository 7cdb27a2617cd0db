package jlocal.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jlocal.formation.InstanceName;
import jlocal.logs.EventMessages;
import jlocal.logs.Source;
import jlocal.process.ProcessEvent;
import org.jspecify.annotations.Nullable;

/**
 * Records how processes ended, and the last lines of each that failed, before its next run writes
 * more. After a crash loop these lines are logged again, since others have scrolled them away;
 * {@code --ci} prints all ends. Called on the manager's thread.
 */
final class FailureLog implements ProcessEvent.Listener {
  private static final int LINES = 20;

  private final AppLog log;
  private final Map<InstanceName, ProcessEvent.Exited> ends = new HashMap<>();
  private final Map<InstanceName, List<String>> lines = new ConcurrentHashMap<>();
  private final List<String> sentences = new ArrayList<>();
  private @Nullable InstanceName first;

  FailureLog(AppLog log) {
    this.log = log;
  }

  @Override
  public synchronized void onEvent(ProcessEvent event) {
    InstanceName name = event.name();
    switch (event) {
      case ProcessEvent.Exited exited -> {
        ends.put(name, exited);
        lines.put(name, log.history().last(new Source.App(name), LINES));
        sentences.addAll(EventMessages.sentences(exited));
        if (first == null && !exited.asked() && !exited.status().isClean()) first = name;
      }
      case ProcessEvent.NotStarted _ -> lines.put(name, List.of());
      case ProcessEvent.GaveUp(_, var status, var neverUp) -> {
        if (!status.isClean() && neverUp > 1) print(name);
      }
      default -> {} // no failure
    }
  }

  /** Returns the last lines of a process before its last failure; any thread. */
  List<String> lastLines(InstanceName name) {
    return lines.getOrDefault(name, List.of());
  }

  /** Logs these lines again. */
  void print(InstanceName name) {
    List<String> last = lastLines(name);
    ProcessEvent.Exited end = ends.get(name);
    if (end == null || last.isEmpty()) return;
    EventMessages.sentences(end).forEach(how -> log.say("--- " + how + "; its last lines:"));
    last.forEach(line -> log.say("  " + line));
    log.say("---");
  }

  /** Returns a sentence for each end of a process, in order. */
  synchronized List<String> sentences() {
    return List.copyOf(sentences);
  }

  /** Returns the first process that crashed; null if none did. */
  synchronized @Nullable InstanceName first() {
    return first;
  }
}
