package jlocal.cli;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** Removes config vars from the env files. */
final class ConfigUnsetCommand extends SimpleCommand {
  ConfigUnsetCommand() {
    super("config:unset", "config:remove");
    takes("KEY...", "1..*");
  }

  @Override
  List<OptionGroup> options() {
    return ConfigChange.options();
  }

  @Override
  int run(Values values, Context context) throws UserError, IOException {
    ConfigChange change = ConfigChange.of(values, context);
    var known = new HashSet<String>();
    change.names().values().forEach(known::addAll);
    List<String> typed = values.arguments().stream().distinct().toList();
    List<String> found = typed.stream().filter(known::contains).toList();
    List<Problem> warnings =
        typed.stream()
            .filter(name -> !known.contains(name))
            .map(name -> unknown(name, Nearest.hint(name, known)))
            .toList();
    change.unset(found);
    context.report(warnings);
    if (found.isEmpty()) return ExitCode.DONE.status();
    return change.apply("Unsetting " + String.join(", ", found));
  }

  private static Problem unknown(String name, String hint) {
    return Problem.warning("there is no config var '" + Printable.of(name) + "'" + hint);
  }
}
