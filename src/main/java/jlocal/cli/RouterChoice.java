package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import jlocal.app.AppPlan.RouterPlan;
import jlocal.app.PortSearch;
import jlocal.formation.Formation;
import jlocal.os.Ports;
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
  static RouterChoice of(RouterOptions asked, Formation formation) {
    boolean web = !formation.of(ProcessType.WEB).isEmpty();
    if (!asked.on() || (!web && !asked.wanted())) return NONE;
    return new Search(formation).choose(asked);
  }

  /** The ports, and what was found on the way to them. */
  private record Search(Formation formation, List<Problem> problems, List<String> notes) {
    Search(Formation formation) {
      this(formation, new ArrayList<>(), new ArrayList<>());
    }

    RouterChoice choose(RouterOptions asked) {
      int http =
          port(
              asked.port(),
              asked.portChosen(),
              "router",
              "--proxy-port PORT, or --no-proxy for none");
      HttpsOptions wish = asked.https();
      int https =
          !wish.on()
              ? wish.port()
              : port(wish.port(), wish.chosen(), "router's HTTPS", "--https=PORT");
      var plan = new RouterPlan(asked.host().names(), http, https, asked.manners());
      return new RouterChoice(problems.isEmpty() ? plan : null, problems, notes);
    }

    private int port(int asked, boolean named, String who, String instead) {
      String holder = holder(asked);
      if (holder == null) return asked;
      String taken = "port %d is in use by %s".formatted(asked, holder);
      if (named) {
        problems.add(
            Problem.error(taken + ", so the " + who + " cannot listen there")
                .hint("choose another with " + instead));
        return asked;
      }
      int free = PortSearch.firstFree(asked + 1, port -> holder(port) == null);
      notes.add("%s: the %s is on %d instead".formatted(taken, who, free));
      return free;
    }

    /** Who has the port; null when it is free. */
    private @Nullable String holder(int port) {
      if (port == 0) return null;
      for (var spec : formation.specs().values()) {
        if (spec.port() == port) return spec.name() + " of this app";
      }
      return Ports.isFree(port) ? null : PortSearch.holder(port);
    }
  }
}
