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
 * Defines an app, from which formations of any size are made.
 *
 * @param procfile the current types
 * @param typeOrder the types in the order that determines their ports, including removed ones, so
 *     that the ports of the others do not change
 * @param vars the config vars of every instance
 */
public record AppDefinition(
    Procfile procfile,
    List<ProcessType> typeOrder,
    SequencedMap<String, String> vars,
    PortPlan ports,
    StartOrder order,
    AppSettings settings) {
  /** Returns the app as its files define it at the start. */
  public static AppDefinition of(
      Procfile procfile, SequencedMap<String, String> vars, PortPlan ports) {
    var types = List.copyOf(procfile.entries().keySet());
    return new AppDefinition(procfile, types, vars, ports, StartOrder.NONE, AppSettings.NONE);
  }

  /** Returns a copy with other settings and start order. */
  public AppDefinition with(AppSettings newSettings, StartOrder next) {
    return new AppDefinition(procfile, typeOrder, vars, ports, next, newSettings);
  }

  public AppDefinition on(PortPlan otherPorts) {
    return new AppDefinition(procfile, typeOrder, vars, otherPorts, order, settings);
  }

  /**
   * Returns the app after its files have changed: types keep their positions, new ones come last.
   */
  public AppDefinition revised(AppDefinition read) {
    var all = new ArrayList<>(typeOrder);
    read.typeOrder.stream().filter(type -> !typeOrder.contains(type)).forEach(all::add);
    return new AppDefinition(
        read.procfile, List.copyOf(all), read.vars, ports, read.order, read.settings);
  }

  /** Returns the formation with these counts; a missing type has none. */
  public Reading<Formation> formation(SequencedMap<ProcessType, Integer> counts) {
    var commands = new LinkedHashMap<ProcessType, Command>();
    var nothing = new Command(":");
    typeOrder.forEach(type -> commands.put(type, procfile.entries().getOrDefault(type, nothing)));
    var present = new LinkedHashMap<>(counts);
    present.keySet().retainAll(procfile.entries().keySet());
    Reading<Formation> formation = Formation.plan(Procfile.of(commands), vars, present, ports);
    return new Reading<>(formation.value().in(order).with(settings.types()), formation.problems());
  }

  /**
   * Returns the counts after these changes: {@code web=3}, {@code web+1}, {@code web-1}. With
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
