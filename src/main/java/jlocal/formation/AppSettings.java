package jlocal.formation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;

/**
 * What the settings file of an app says.
 *
 * @param order what it says about the start of its types
 * @param types what the processes of some types have of their own
 * @param beside what something beside the app applies at a reload, by key
 * @param others all that counts from the next start of the app only, by key
 */
public record AppSettings(
    List<StartOrderReader.Setting> order,
    Map<ProcessType, TypeSettings> types,
    SequencedMap<String, String> beside,
    SequencedMap<String, String> others) {
  /** There is none. */
  public static final AppSettings NONE =
      new AppSettings(List.of(), Map.of(), new TreeMap<>(), new TreeMap<>());

  public AppSettings {
    order = List.copyOf(order);
    types = Map.copyOf(types);
  }

  /** An error for each type that cannot run so many times. */
  public List<Problem> tooMany(Map<ProcessType, Integer> counts) {
    var problems = new ArrayList<Problem>();
    counts.forEach((type, count) -> {
      TypeSettings own = types.getOrDefault(type, TypeSettings.NONE);
      if (count <= 1 || !own.isService()) return;
      problems.add(
          Problem.error(
              "%s cannot run %d times: it is one server, on port %d"
                  .formatted(type, count, own.servicePort())));
    });
    return problems;
  }
}
