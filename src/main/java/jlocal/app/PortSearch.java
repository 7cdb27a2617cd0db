package jlocal.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import jlocal.formation.Formation;
import jlocal.formation.PortPlan;
import jlocal.formation.ProcessSpec;
import jlocal.os.Listeners;
import jlocal.os.Ports;
import jlocal.problem.Problem;

/** Tries the ports of a formation before anything starts. */
public final class PortSearch {
  private static final int TRIES = 100;

  private PortSearch() {}

  /** The ports of the formation that somebody listens on already. */
  public static List<ProcessSpec> busy(Formation formation) {
    return formation.specs().values().stream().filter(spec -> !Ports.isFree(spec.port())).toList();
  }

  /**
   * The first plan from this one upward with which no port is busy, or this one if there is none.
   */
  public static PortPlan firstFree(PortPlan from, Function<PortPlan, Formation> plan) {
    PortPlan ports = from;
    for (int i = 0; i < TRIES; i++, ports = ports.next()) {
      Formation formation = plan.apply(ports);
      boolean fits = formation.specs().values().stream().allMatch(s -> s.port() <= PortPlan.MAX);
      if (fits && busy(formation).isEmpty()) return ports;
    }
    return from;
  }

  /** The first port from this one upward that will do. */
  public static int firstFree(int from, IntPredicate free) {
    int port = from;
    while (port < PortPlan.MAX && !free.test(port)) port++;
    return port;
  }

  /** Who is on a busy port: {@code node (pid 812)}, or that the system does not tell. */
  public static String holder(int port) {
    Listeners.Holder holder = Listeners.holder(port);
    return holder == null ? "another program" : holder.toString();
  }

  public static List<Problem> problems(List<ProcessSpec> busy) {
    var problems = new ArrayList<Problem>();
    for (ProcessSpec spec : busy) {
      String what =
          "port %d for %s is in use by %s".formatted(spec.port(), spec.name(), holder(spec.port()));
      problems.add(Problem.error(what).hint("end that program, or choose another base: -p PORT"));
    }
    return problems;
  }
}
