package jlocal.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jlocal.formation.InstanceName;
import jlocal.logs.Announcer;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessListener;

/**
 * What a crash loop ends with: the process's last lines once more, since by then others have
 * scrolled them away. On the manager's thread.
 */
final class CrashReport implements ProcessListener {
  private static final int LINES = 20;

  private final AppLog log;
  private final Map<InstanceName, ProcessEvent.Exited> ends = new HashMap<>();

  CrashReport(AppLog log) {
    this.log = log;
  }

  @Override
  public void onEvent(ProcessEvent event) {
    if (event instanceof ProcessEvent.Exited exited) ends.put(exited.name(), exited);
    if (event instanceof ProcessEvent.GaveUp(var name, var status, var stillborn)
        && !status.isClean()
        && stillborn > 1) {
      print(name);
    }
  }

  void print(InstanceName name) {
    List<String> lines = log.last(name, LINES);
    ProcessEvent.Exited end = ends.get(name);
    if (end == null || lines.isEmpty()) return;
    Announcer.sentences(end).forEach(how -> log.say("--- " + how + "; its last lines:"));
    lines.forEach(line -> log.say("  " + line));
    log.say("---");
  }
}
