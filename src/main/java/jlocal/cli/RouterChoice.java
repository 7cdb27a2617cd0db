package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jlocal.app.AppPlan.RouterPlan;
import jlocal.app.PortSearch;
import jlocal.formation.Formation;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * Where the router listens.
 *
 * @param plan null without a router
 * @param notes what was done otherwise than asked
 */
record RouterChoice(@Nullable RouterPlan plan, List<Problem> problems, List<String> notes) {
  private static final RouterChoice NONE = new RouterChoice(null, List.of(), List.of());

  /** A port somebody chose must be free; else the next free one will do. */
  static RouterChoice of(RouterOptions asked, Formation formation, PortSearch search) {
    boolean web = !formation.of(ProcessType.WEB).isEmpty();
    if (!asked.on() || (!web && !asked.wanted())) return NONE;
    return new Search(formation, search).choose(asked);
  }

  /** The ports, and what was found on the way to them. */
  private record Search(
      Formation formation, PortSearch ports, List<Problem> problems, List<String> notes) {
    Search(Formation formation, PortSearch ports) {
      this(formation, ports, new ArrayList<>(), new ArrayList<>());
    }

    RouterChoice choose(RouterOptions asked) {
      int http =
          port(
              asked.port(),
              asked.portChosen(),
              "router",
              "--proxy-port PORT, or --no-proxy for none",
              0);
      HttpsOptions wish = asked.https();
      int https =
          !wish.on()
              ? wish.port()
              : port(wish.port(), wish.chosen(), "router's HTTPS", "--https=PORT", http);
      var plan = new RouterPlan(asked.host().names(), http, https, asked.manners());
      return new RouterChoice(problems.isEmpty() ? plan : null, problems, notes);
    }

    private int port(int asked, boolean named, String who, String instead, int besides) {
      String why = taken(asked, besides);
      if (why == null) return asked;
      String taken = "port %d is %s".formatted(asked, why);
      if (named) {
        problems.add(
            Problem.error(taken + ", so the " + who + " cannot listen there")
                .hint("choose another with " + instead));
        return asked;
      }
      int free = ports.firstFree(asked + 1, port -> taken(port, besides) == null);
      notes.add("%s: the %s is on %d instead".formatted(taken, who, free));
      return free;
    }

    /** Why the port cannot be had; null when it can. */
    private @Nullable String taken(int port, int besides) {
      if (port == 0) return null;
      if (port == besides) return "where the router listens for HTTP";
      for (var spec : formation.specs().values()) {
        if (spec.port() == port) return "in use by " + spec.name() + " of this app";
      }
      return ports.isFree(port) ? null : ports.taken(port);
    }
  }

  /** The ports it has, and for what, as other apps are told. */
  Map<Integer, String> owners() {
    var owners = new TreeMap<Integer, String>();
    if (plan == null) return owners;
    if (plan.port() > 0) owners.put(plan.port(), "the router");
    if (plan.httpsPort() > 0) owners.put(plan.httpsPort(), "the router's HTTPS");
    return owners;
  }
}
