package jlocal.formation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;

/**
 * The settings file of an app.
 *
 * @param order directives on the start of its types
 * @param beside settings that features outside of the app apply at a reload, by key
 * @param others settings that apply only from the next start, by key
 */
public record AppSettings(
    List<StartOrderReader.Setting> order,
    Map<ProcessType, TypeSettings> types,
    SequencedMap<String, String> beside,
    SequencedMap<String, String> others) {
  public static final AppSettings NONE =
      new AppSettings(List.of(), Map.of(), new TreeMap<>(), new TreeMap<>());

  public AppSettings {
    order = List.copyOf(order);
    types = Map.copyOf(types);
  }

  /** Returns an error for each type that cannot have this many instances. */
  public List<Problem> tooMany(Map<ProcessType, Integer> counts) {
    var problems = new ArrayList<Problem>();
    counts.forEach((type, count) -> {
      TypeSettings settings = types.getOrDefault(type, TypeSettings.NONE);
      if (count <= 1 || !settings.isService()) return;
      problems.add(
          Problem.error(
              "%s cannot run %d times: it is one server, on port %d"
                  .formatted(type, count, settings.servicePort())));
    });
    return problems;
  }
}
