package jlocal.cli;

import java.util.List;
import jlocal.config.ConfigVars;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** Prints the value of one config var. */
final class ConfigGetCommand extends SimpleCommand {
  ConfigGetCommand() {
    super("config:get");
    takes("KEY", "1");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(new OptionGroup("Output", Options.flag("-s", "--shell")), ConfigCommand.app());
  }

  @Override
  int run(Values values, Context context) throws UserError {
    String key = values.arguments().getFirst();
    ConfigVars vars = ConfigCommand.readVars(AppOptions.from(values).files(), context);
    String value = vars.value(key);
    if (value == null) throw new UserError(unknown(key, vars));
    context.out().exact(values.is("--shell") ? ConfigCommand.assignment(key, value) : value);
    return ExitCode.DONE.status();
  }

  private static Problem unknown(String key, ConfigVars vars) {
    String meant = Nearest.hint(key, vars.byName().keySet());
    return Problem.error("there is no config var '" + Printable.of(key) + "'" + meant);
  }
}
