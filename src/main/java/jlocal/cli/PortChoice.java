package jlocal.cli;

import java.util.List;
import java.util.function.Function;
import jlocal.app.PortSearch;
import jlocal.formation.Formation;
import jlocal.formation.PortPlan;
import jlocal.formation.ProcessSpec;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The formation on ports that nobody else has, or why there is none.
 *
 * @param ports where it is, and where more instances would be
 * @param note what was done otherwise than asked; null if nothing
 */
record PortChoice(
    Formation formation, PortPlan ports, List<Problem> problems, @Nullable String note) {

  /**
   * Tries the ports of the asked plan; where they may be others, the next free block.
   *
   * @param movable whether nobody chose these ports
   */
  static PortChoice of(
      PortPlan asked, boolean movable, PortSearch search, Function<PortPlan, Formation> plan) {
    Formation formation = plan.apply(asked);
    List<ProcessSpec> busy = search.busy(formation);
    if (busy.isEmpty()) return new PortChoice(formation, asked, List.of(), null);
    PortPlan free = movable ? search.firstFree(asked, plan) : asked;
    if (free.equals(asked)) return new PortChoice(formation, asked, search.problems(busy), null);
    int taken = busy.getFirst().port();
    String note =
        "port %d is %s: PORTs begin at %d instead"
            .formatted(taken, search.taken(taken), free.base());
    return new PortChoice(plan.apply(free), free, List.of(), note);
  }
}
