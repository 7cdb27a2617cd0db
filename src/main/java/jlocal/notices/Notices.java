package jlocal.notices;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jlocal.app.RunningApp;
import jlocal.formation.InstanceName;
import jlocal.logs.EventMessages;
import jlocal.os.Threads;
import jlocal.process.InstanceSnapshot;
import jlocal.process.InstanceSnapshots;
import jlocal.process.ProcessEvent;

/** Finds events of an app's processes to notify the user of. */
public final class Notices {
  private Notices() {}

  /**
   * Watches on a thread of its own, for as long as the app runs.
   *
   * @param show shows a message; may block
   */
  public static void start(RunningApp app, Consumer<String> show) {
    Threads.optional("notices", () -> watch(app.instances(), show));
  }

  private static void watch(InstanceSnapshots instances, Consumer<String> show) {
    List<InstanceSnapshot> seen = List.of();
    try {
      while (!instances.isClosed()) {
        List<InstanceSnapshot> now = instances.awaitAny(seen);
        if (!instances.isClosed()) news(seen, now).forEach(show);
        seen = now;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports only the first of a series of crashes, and its end. */
  static List<String> news(List<InstanceSnapshot> before, List<InstanceSnapshot> now) {
    Map<InstanceName, Boolean> failed = new HashMap<>();
    before.forEach(it -> failed.put(it.name(), it.failedGeneration() > 0));
    var news = new ArrayList<String>();
    for (InstanceSnapshot it : now) {
      boolean had = failed.getOrDefault(it.name(), false);
      boolean has = it.failedGeneration() > 0;
      if (has && !had) news.add(sentence(it));
      else if (had && !has) news.add(it.name() + " is up again");
    }
    return news;
  }

  private static String sentence(InstanceSnapshot it) {
    return it.failure() instanceof ProcessEvent.Exited exited
        ? EventMessages.sentences(exited).getFirst()
        : it.name() + " could not be started";
  }
}
