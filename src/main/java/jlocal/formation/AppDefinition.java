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
 * @param order which types wait for which others
 * @param settings what the settings file says
 */
public record AppDefinition(
    Procfile procfile,
    List<ProcessType> typeOrder,
    SequencedMap<String, String> vars,
    PortPlan ports,
    StartOrder order,
    AppSettings settings) {
  /** The app as its files define it at the start. */
  public static AppDefinition of(
      Procfile procfile, SequencedMap<String, String> vars, PortPlan ports) {
    var types = List.copyOf(procfile.entries().keySet());
    return new AppDefinition(procfile, types, vars, ports, StartOrder.NONE, AppSettings.NONE);
  }

  /** The same, with these settings, started in the order that they and the Procfile make. */
  public AppDefinition with(AppSettings said, StartOrder next) {
    return new AppDefinition(procfile, typeOrder, vars, ports, next, said);
  }

  /** The same on other ports. */
  public AppDefinition on(PortPlan others) {
    return new AppDefinition(procfile, typeOrder, vars, others, order, settings);
  }

  /** The app after its files have changed: types keep their positions, new ones come last. */
  public AppDefinition revised(AppDefinition read) {
    var all = new ArrayList<>(typeOrder);
    read.typeOrder.stream().filter(type -> !typeOrder.contains(type)).forEach(all::add);
    return new AppDefinition(
        read.procfile, List.copyOf(all), read.vars, ports, read.order, read.settings);
  }

  /** The formation with so many of each type; a type that is missing gets none. */
  public Reading<Formation> formation(SequencedMap<ProcessType, Integer> counts) {
    var placed = new LinkedHashMap<ProcessType, Command>();
    var nothing = new Command(":");
    typeOrder.forEach(type -> placed.put(type, procfile.entries().getOrDefault(type, nothing)));
    var present = new LinkedHashMap<>(counts);
    present.keySet().retainAll(procfile.entries().keySet());
    Reading<Formation> formation = Formation.plan(Procfile.of(placed), vars, present, ports);
    return new Reading<>(formation.value().in(order).with(settings.types()), formation.problems());
  }

  /**
   * What the counts would be after these changes: {@code web=3}, {@code web+1}, {@code web-1}. With
   * errors, nothing changes.
   */
  public Reading<SequencedMap<ProcessType, Integer>> scaled(
      SequencedMap<ProcessType, Integer> counts, List<String> changes) {
    var scaled = ScaleChange.all(changes, counts, procfile);
    var changed = new LinkedHashMap<>(scaled.value());
    changed.entrySet().removeAll(counts.entrySet());
    var problems = new ArrayList<>(scaled.problems());
    problems.addAll(settings.tooMany(changed));
    return new Reading<>(scaled.value(), problems);
  }
}
