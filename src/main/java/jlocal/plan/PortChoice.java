package jlocal.plan;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import jlocal.config.ConfigVar;
import jlocal.config.ConfigVars;
import jlocal.formation.Formation;
import jlocal.formation.PortPlan;
import jlocal.formation.ProcessSpec;
import jlocal.plan.PlanRequest.Setting;
import jlocal.problem.Origin;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import org.jspecify.annotations.Nullable;

/**
 * A formation with free ports, or the problems in finding them.
 *
 * @param ports of the instances, and of further ones
 * @param note a deviation from the request; null for none
 */
record PortChoice(
    Formation formation, PortPlan ports, List<Problem> problems, @Nullable String note) {
  /** Blocks of ports to try. */
  private static final int MAX_TRIES = 100;

  /**
   * Returns the PORT of the first type: as requested, else PORT of an env file, else of the
   * environment, else 5000; Foreman's order.
   */
  static Reading<Setting<Integer>> base(
      Setting<Integer> requested, ConfigVars vars, Map<String, String> environment) {
    if (requested.isChosen()) return Reading.of(requested);
    ConfigVar inFile = vars.byName().get("PORT");
    if (inFile != null) {
      return parse(inFile.value(), new Origin.Line(inFile.file(), inFile.line()), requested);
    }
    String inShell = environment.getOrDefault("PORT", "");
    return inShell.isEmpty()
        ? Reading.of(requested)
        : parse(inShell, new Origin.Variable("PORT of the environment"), requested);
  }

  private static Reading<Setting<Integer>> parse(
      String text, Origin origin, Setting<Integer> otherwise) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 1 && port <= PortPlan.MAX) return Reading.of(new Setting<>(port, origin));
    } catch (NumberFormatException _) {
      // reported below
    }
    String what = " must be a number from 1 to " + PortPlan.MAX;
    Problem problem =
        origin instanceof Origin.Line(var file, var line)
            ? Problem.error(file, line, "PORT" + what)
            : Problem.error(origin + what);
    return Reading.of(
        otherwise, problem.hint("it is the base of the PORTs; choose another with -p"));
  }

  /**
   * Tries the ports of a plan, then, if other ports are allowed, the app's own block, or the next
   * free one.
   *
   * @param own the first port of the app's own block; null if the user chose the ports
   */
  static PortChoice of(
      PortPlan asked,
      @Nullable IntSupplier own,
      PortProbe probe,
      Function<PortPlan, Formation> plan) {
    Formation formation = plan.apply(asked);
    List<ProcessSpec> busy = busy(formation, probe);
    if (busy.isEmpty()) return new PortChoice(formation, asked, List.of(), null);
    PortPlan free =
        own == null ? null : firstFree(new PortPlan(own.getAsInt(), asked.step()), probe, plan);
    if (free == null) {
      return new PortChoice(formation, asked, problems(busy, probe), null);
    }
    int taken = busy.getFirst().port();
    String note =
        "port %d is %s: PORTs begin at %d instead"
            .formatted(taken, probe.reason(taken), free.base());
    return new PortChoice(plan.apply(free), free, List.of(), note);
  }

  /** Returns the instances whose PORTs are busy, except services, which cannot use another PORT. */
  static List<ProcessSpec> busy(Formation formation, PortProbe probe) {
    return formation.specs().values().stream()
        .filter(spec -> !spec.own().isService() && !probe.isFree(spec.port()))
        .toList();
  }

  /** Returns the first plan, from this one upward, with free ports only; null if there is none. */
  private static @Nullable PortPlan firstFree(
      PortPlan from, PortProbe probe, Function<PortPlan, Formation> plan) {
    PortPlan ports = from;
    for (int i = 0; i < MAX_TRIES; i++, ports = ports.next()) {
      Formation formation = plan.apply(ports);
      boolean fits = formation.specs().values().stream().allMatch(s -> s.port() <= PortPlan.MAX);
      if (fits && busy(formation, probe).isEmpty()) return ports;
    }
    return null;
  }

  /** Returns an error for each instance. */
  static List<Problem> problems(List<ProcessSpec> busy, PortProbe probe) {
    return busy.stream()
        .map(spec ->
            Problem.error(
                    "port %d for %s is %s"
                        .formatted(spec.port(), spec.name(), probe.reason(spec.port())))
                .hint("stop that program, or choose another base: -p PORT"))
        .toList();
  }
}
