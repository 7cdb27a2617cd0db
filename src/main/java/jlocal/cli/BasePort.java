package jlocal.cli;

import java.util.Map;
import jlocal.config.ConfigVar;
import jlocal.config.ConfigVars;
import jlocal.formation.PortPlan;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The PORT of the first type: {@code -p}, else PORT in an env file, else in the shell, else 5000;
 * Foreman's order.
 *
 * @param chosen whether somebody chose it, so that no other may be taken instead
 */
record BasePort(int port, boolean chosen) {
  static Reading<BasePort> of(
      @Nullable Integer option, ConfigVars vars, Map<String, String> environment) {
    if (option != null) return reading(option);
    ConfigVar inFile = vars.byName().get("PORT");
    if (inFile != null) return parse(inFile.value(), inFile.file(), inFile.line());
    String inShell = environment.getOrDefault("PORT", "");
    if (!inShell.isEmpty()) return parse(inShell, "jlocal", 0);
    return Reading.of(new BasePort(PortPlan.DEFAULT_BASE, false));
  }

  private static Reading<BasePort> reading(int port) {
    return Reading.of(new BasePort(port, true));
  }

  private static Reading<BasePort> parse(String text, String place, int line) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 1 && port <= PortPlan.MAX) return reading(port);
    } catch (NumberFormatException _) {
      // Said below.
    }
    String where = line == 0 ? "PORT of the environment" : "PORT";
    Problem problem =
        Problem.error(place, line, where + " must be a number from 1 to " + PortPlan.MAX)
            .hint("it is the base of the PORTs; another can be given with -p");
    return Reading.of(new BasePort(PortPlan.DEFAULT_BASE, false), problem);
  }
}
