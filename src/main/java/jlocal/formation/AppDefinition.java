package jlocal.formation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.problem.Reading;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;

/**
 * The definition of an app, from which a formation of any size is made.
 *
 * @param procfile the types there are now
 * @param typeOrder the types in the order that decides their ports; also those that were removed,
 *     so that the ports of the others do not change
 * @param vars the config vars every instance gets
 */
public record AppDefinition(
    Procfile procfile,
    List<ProcessType> typeOrder,
    SequencedMap<String, String> vars,
    PortPlan ports) {
  public AppDefinition {
    typeOrder = List.copyOf(typeOrder);
  }

  /** The app as its files define it at the start. */
  public static AppDefinition of(
      Procfile procfile, SequencedMap<String, String> vars, PortPlan ports) {
    return new AppDefinition(procfile, List.copyOf(procfile.entries().keySet()), vars, ports);
  }

  /** The app after its files have changed: types keep their positions, new ones come last. */
  public AppDefinition revised(Procfile read, SequencedMap<String, String> newVars) {
    var all = new ArrayList<>(typeOrder);
    read.entries().keySet().stream().filter(type -> !typeOrder.contains(type)).forEach(all::add);
    return new AppDefinition(read, all, newVars, ports);
  }

  /** The formation with so many of each type; a type that is missing gets none. */
  public Reading<Formation> formation(SequencedMap<ProcessType, Integer> counts) {
    var placed = new LinkedHashMap<ProcessType, Command>();
    var nothing = new Command(":");
    typeOrder.forEach(type -> placed.put(type, procfile.entries().getOrDefault(type, nothing)));
    var present = new LinkedHashMap<>(counts);
    present.keySet().retainAll(procfile.entries().keySet());
    return Formation.plan(Procfile.of(placed), vars, present, ports);
  }

  /**
   * What the counts would be after these changes: {@code web=3}, {@code web+1}, {@code web-1}. With
   * errors, nothing changes.
   */
  public Reading<SequencedMap<ProcessType, Integer>> scaled(
      SequencedMap<ProcessType, Integer> counts, List<String> changes) {
    return ScaleChange.all(changes, counts, procfile);
  }
}
