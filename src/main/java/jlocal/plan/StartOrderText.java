package jlocal.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import jlocal.formation.Formation;
import jlocal.formation.StartOrder;
import jlocal.procfile.ProcessType;

/** Describes the start order in a few lines, for {@code check}. */
public final class StartOrderText {
  private StartOrderText() {}

  /** Returns the levels, their dependencies, and the reasons; empty if all types start at once. */
  public static List<String> lines(Formation formation) {
    StartOrder order = formation.order();
    var types = new LinkedHashSet<>(formation.counts().keySet());
    List<List<ProcessType>> levels = order.levels(types);
    if (levels.size() < 2) return List.of();
    var lines =
        new ArrayList<>(List.of("in this order, each level when the previous one is ready:"));
    for (int i = 0; i < levels.size(); i++) {
      var names = new ArrayList<String>();
      for (ProcessType type : levels.get(i)) names.add(type + awaited(type, formation));
      lines.add("  " + (i + 1) + "  " + String.join(", ", names));
    }
    reasons(types, order)
        .forEach(
            (reason, names) -> lines.add("  " + String.join(", ", names) + " after " + reason));
    return lines;
  }

  /** Returns its readiness check, if others wait for it. */
  private static String awaited(ProcessType type, Formation formation) {
    if (!formation.order().isAwaited(type)) return "";
    int port = formation.of(type).getFirst().port();
    return " (" + formation.order().rule(type).readiness().wanted(port) + ")";
  }

  private static SequencedMap<String, List<String>> reasons(
      Set<ProcessType> types, StartOrder order) {
    var reasons = new LinkedHashMap<String, List<String>>();
    for (ProcessType type : types) {
      var each = new ArrayList<String>();
      order
          .rule(type)
          .after()
          .forEach((before, why) -> {
            if (!types.contains(before)) return;
            each.add(before + (why.startsWith("because") ? ", " + why : " (" + why + ")"));
          });
      if (each.isEmpty()) continue;
      String reason = String.join("; after ", each);
      reasons.computeIfAbsent(reason, _ -> new ArrayList<>()).add(type.name());
    }
    return reasons;
  }
}
