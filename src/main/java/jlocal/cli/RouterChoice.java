package jlocal.cli;

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
 * @param note what was done otherwise than asked; null if nothing
 */
record RouterChoice(@Nullable RouterPlan plan, List<Problem> problems, @Nullable String note) {
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");
  private static final RouterChoice NONE = new RouterChoice(null, List.of(), null);

  /** A port somebody chose must be free; else the next free one will do. */
  static RouterChoice of(RouterOptions asked, Formation formation) {
    if (!asked.on() || formation.of(ProcessType.WEB).isEmpty()) return NONE;
    String holder = holder(asked.port(), formation);
    if (holder == null) return new RouterChoice(plan(asked, asked.port()), List.of(), null);
    String taken = "port %d is in use by %s".formatted(asked.port(), holder);
    if (asked.portNamed()) {
      var busy =
          Problem.error(taken + ", so the router cannot listen there")
              .hint("choose another with --proxy-port PORT, or --no-proxy for none");
      return new RouterChoice(null, List.of(busy), null);
    }
    int free = PortSearch.firstFree(asked.port() + 1, port -> holder(port, formation) == null);
    String note = taken + ": the router is on " + free + " instead";
    return new RouterChoice(plan(asked, free), List.of(), note);
  }

  /** Who has the port; null when it is free. */
  private static @Nullable String holder(int port, Formation formation) {
    if (port == 0) return null;
    for (var spec : formation.specs().values()) {
      if (spec.port() == port) return spec.name() + " of this app";
    }
    return Ports.isFree(port) ? null : PortSearch.holder(port);
  }

  private static RouterPlan plan(RouterOptions asked, int port) {
    boolean loopback = asked.host().equals("127.0.0.1") || asked.host().equals("localhost");
    return new RouterPlan(loopback ? LOOPBACK : List.of(asked.host()), port, asked.log());
  }
}
