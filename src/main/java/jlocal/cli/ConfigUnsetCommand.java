package jlocal.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Takes config vars out of the env files. */
final class ConfigUnsetCommand extends Subcommand<Values> {
  ConfigUnsetCommand() {
    super("config:unset", "config:remove");
  }

  @Override
  List<OptionGroup> options() {
    return ConfigChange.options();
  }

  @Override
  PositionalParamSpec arguments() {
    return Options.words("KEY...", "1..*");
  }

  @Override
  Values read(Values values) {
    return values;
  }

  @Override
  int run(Values values, Context context) throws UserError, IOException {
    ConfigChange change = ConfigChange.of(values, context);
    var known = change.names();
    var found = new ArrayList<String>();
    var warnings = new ArrayList<Problem>();
    for (String name : values.arguments()) {
      if (change.unset(name)) found.add(name);
      else if (!found.contains(name)) warnings.add(unknown(name, Nearest.hint(name, known)));
    }
    context.report(warnings);
    if (found.isEmpty()) return ExitCode.DONE.status();
    return change.apply("Unsetting " + String.join(", ", found));
  }

  private static Problem unknown(String name, String hint) {
    return Problem.warning("there is no config var '" + Printable.of(name) + "'" + hint);
  }
}
