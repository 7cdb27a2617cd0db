package jlocal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import jlocal.formation.Formation;
import jlocal.formation.PortPlan;
import jlocal.plan.PlanRequest.Setting;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the router's ports.
 *
 * @param plan null for no router
 * @param notes deviations from the request
 */
public record RouterChoice(@Nullable RouterPlan plan, List<Problem> problems, List<String> notes) {
  private static final RouterChoice NONE = new RouterChoice(null, List.of(), List.of());

  /**
   * Requires a chosen port to be free, and replaces a busy default.
   *
   * @param other the first port to try instead of a busy default
   */
  static RouterChoice of(
      PlanRequest.Router request, Formation formation, PortProbe probe, IntUnaryOperator other) {
    boolean web = !formation.of(ProcessType.WEB).isEmpty();
    if (!request.enabled() || (!web && !request.isAskedFor())) return NONE;
    return new Search(formation, probe, other).choose(request);
  }

  private record Search(
      Formation formation,
      PortProbe probe,
      IntUnaryOperator other,
      List<Problem> problems,
      List<String> notes) {
    Search(Formation formation, PortProbe probe, IntUnaryOperator other) {
      this(formation, probe, other, new ArrayList<>(), new ArrayList<>());
    }

    RouterChoice choose(PlanRequest.Router request) {
      int http = port(request.port(), 0, "router", "--proxy-port PORT, or --no-proxy for none");
      int https =
          request.hasHttps()
              ? port(request.httpsPort(), http, "router's HTTPS", "--https=PORT")
              : RouterPlan.NO_HTTPS;
      var plan = new RouterPlan(request.config().withPort(http), https);
      return new RouterChoice(problems.isEmpty() ? plan : null, problems, notes);
    }

    private int port(Setting<Integer> asked, int httpPort, String who, String options) {
      String reason = reason(asked.value(), httpPort);
      if (reason == null) return asked.value();
      String taken = "port %d is %s".formatted(asked.value(), reason);
      if (asked.isChosen()) {
        problems.add(
            Problem.error(taken + ", so the " + who + " cannot listen there")
                .hint("choose another with " + options));
        return asked.value();
      }
      int free = other.applyAsInt(asked.value());
      while (free < PortPlan.MAX && reason(free, httpPort) != null) free++;
      notes.add("%s: the %s is on %d instead".formatted(taken, who, free));
      return free;
    }

    /**
     * Returns why a port is not available; null if it is.
     *
     * @param httpPort the router's own port for HTTP; 0 if not yet chosen
     */
    private @Nullable String reason(int port, int httpPort) {
      if (port == 0) return null;
      if (port == httpPort) return "where the router listens for HTTP";
      for (var spec : formation.specs().values()) {
        if (spec.port() == port) return "in use by " + spec.name() + " of this app";
      }
      return probe.isFree(port) ? null : probe.reason(port);
    }
  }
}
