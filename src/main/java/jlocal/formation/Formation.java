package jlocal.formation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;

/**
 * The instances to run, in the order of the Procfile. Heroku calls their counts the formation.
 *
 * @param order which of them wait for others
 */
public record Formation(SequencedMap<InstanceName, ProcessSpec> specs, StartOrder order) {
  /** A formation whose instances all start at once. */
  public Formation(SequencedMap<InstanceName, ProcessSpec> specs) {
    this(specs, StartOrder.NONE);
  }

  public Formation {
    specs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(specs));
  }

  /**
   * Plans which instances run, on which ports, with which variables.
   *
   * @param vars the config vars of every instance
   * @param counts by type; a missing type has none
   */
  public static Reading<Formation> plan(
      Procfile procfile,
      SequencedMap<String, String> vars,
      SequencedMap<ProcessType, Integer> counts,
      PortPlan ports) {
    var specs = new LinkedHashMap<InstanceName, ProcessSpec>();
    procfile
        .entries()
        .forEach((type, command) -> {
          for (int n = 1; n <= counts.getOrDefault(type, 0); n++) {
            var name = new InstanceName(type, n);
            int port = ports.port(procfile, name);
            specs.put(name, new ProcessSpec(name, command, port, environment(vars, name, port)));
          }
        });
    return new Reading<>(new Formation(specs), portProblems(specs, ports));
  }

  public Formation in(StartOrder next) {
    return new Formation(specs, next);
  }

  /** Returns a copy with the settings of types, and at most one instance of each service. */
  public Formation with(Map<ProcessType, TypeSettings> types) {
    if (types.isEmpty()) return this;
    var all = new LinkedHashMap<>(specs);
    all.keySet()
        .removeIf(name ->
            name.index() > 1 && types.getOrDefault(name.type(), TypeSettings.NONE).isService());
    all.replaceAll((name, spec) -> {
      TypeSettings own = types.get(name.type());
      return own == null ? spec : spec.with(own);
    });
    return new Formation(all, order);
  }

  public boolean has(InstanceName name) {
    return specs.containsKey(name);
  }

  /** Returns the instances of a type, in order. */
  public List<ProcessSpec> of(ProcessType type) {
    return specs.values().stream().filter(spec -> spec.name().type().equals(type)).toList();
  }

  /** Returns the number of instances of each type that has any, in the order of the Procfile. */
  public SequencedMap<ProcessType, Integer> counts() {
    var counts = new LinkedHashMap<ProcessType, Integer>();
    specs.keySet().forEach(name -> counts.merge(name.type(), 1, Integer::sum));
    return counts;
  }

  private static SequencedMap<String, String> environment(
      SequencedMap<String, String> vars, InstanceName name, int port) {
    var environment = new LinkedHashMap<>(vars);
    environment.putAll(InstanceVars.of(name.toString(), port));
    return environment;
  }

  private static List<Problem> portProblems(
      SequencedMap<InstanceName, ProcessSpec> specs, PortPlan ports) {
    var problems = new ArrayList<Problem>();
    var owners = new LinkedHashMap<Integer, InstanceName>();
    for (ProcessSpec spec : specs.values()) {
      InstanceName other = owners.putIfAbsent(spec.port(), spec.name());
      if (other != null && problems.isEmpty()) {
        String clash =
            "%s and %s would both get PORT %d".formatted(other, spec.name(), spec.port());
        problems.add(
            Problem.error(clash)
                .hint("increase the distance between types: --port-step " + ports.step() * 10));
      }
    }
    specs.values().stream()
        .filter(spec -> spec.port() > PortPlan.MAX)
        .findFirst()
        .ifPresent(spec -> problems.add(tooHigh(spec)));
    return problems;
  }

  private static Problem tooHigh(ProcessSpec spec) {
    return Problem.error(
            "%s would get PORT %d, but ports end at %d"
                .formatted(spec.name(), spec.port(), PortPlan.MAX))
        .hint("choose a lower --port, or a smaller --port-step");
  }
}
