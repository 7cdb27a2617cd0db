package jlocal.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import jlocal.formation.Formation;
import jlocal.formation.PortPlan;
import jlocal.formation.ProcessSpec;
import jlocal.os.Listeners;
import jlocal.os.Ports;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Finds ports that nobody has.
 *
 * @param reserved for whom another app has reserved a port; null for nobody
 */
public record PortSearch(IntFunction<@Nullable String> reserved) {
  private static final int TRIES = 100;

  /** Whether no other app has reserved it, and it can be bound. */
  public boolean isFree(int port) {
    return reserved.apply(port) == null && Ports.isFree(port);
  }

  /** The instances whose ports somebody else has. */
  public List<ProcessSpec> busy(Formation formation) {
    return formation.specs().values().stream().filter(spec -> !isFree(spec.port())).toList();
  }

  /**
   * The first plan from this one upward with which no port is busy, or this one if there is none.
   */
  public PortPlan firstFree(PortPlan from, Function<PortPlan, Formation> plan) {
    PortPlan ports = from;
    for (int i = 0; i < TRIES; i++, ports = ports.next()) {
      Formation formation = plan.apply(ports);
      boolean fits = formation.specs().values().stream().allMatch(s -> s.port() <= PortPlan.MAX);
      if (fits && busy(formation).isEmpty()) return ports;
    }
    return from;
  }

  /** The first port from this one upward that will do. */
  public int firstFree(int from, IntPredicate free) {
    int port = from;
    while (port < PortPlan.MAX && !free.test(port)) port++;
    return port;
  }

  /**
   * Why a port cannot be had, to stand behind "port 5000 is": {@code in use by node (pid 812)},
   * {@code reserved for api.1 of /home/me/shop}, {@code for root only}.
   */
  public String taken(int port) {
    String owner = reserved.apply(port);
    if (owner != null) return "reserved for " + owner;
    Listeners.Holder holder = Listeners.holder(port);
    if (holder != null) return "in use by " + holder;
    return Ports.isForRootOnly(port) ? "for root only" : "in use by another program";
  }

  /** An error for each of these. */
  public List<Problem> problems(List<ProcessSpec> busy) {
    var problems = new ArrayList<Problem>();
    for (ProcessSpec spec : busy) {
      String what = "port %d for %s is %s".formatted(spec.port(), spec.name(), taken(spec.port()));
      problems.add(Problem.error(what).hint("end that program, or choose another base: -p PORT"));
    }
    return problems;
  }

  /** Who gets which port, as other apps are told. */
  public static Map<Integer, String> owners(Formation formation) {
    var owners = new TreeMap<Integer, String>();
    formation.specs().values().forEach(spec -> owners.put(spec.port(), spec.name().toString()));
    return owners;
  }
}
