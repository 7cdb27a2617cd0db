package jlocal.cli;

import java.util.List;
import jlocal.config.ConfigVars;
import jlocal.problem.Nearest;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** {@code jlocal config:get}: the value of one config var. */
final class ConfigGetBody implements Body<ConfigGetOptions> {
  @Override
  public int run(ConfigGetOptions options, Context context) throws UserError {
    ConfigVars vars = ConfigBody.read(options.app(), context, options.debug());
    String value = vars.value(options.key());
    if (value == null) throw new UserError(unknown(options.key(), vars));
    context.out().exact(options.shell() ? ConfigBody.assignment(options.key(), value) : value);
    return ExitCode.DONE.status();
  }

  private static Problem unknown(String key, ConfigVars vars) {
    String near = Nearest.of(key, List.copyOf(vars.byName().keySet()));
    String meant = near == null ? "" : "; did you mean '" + near + "'?";
    return Problem.error("there is no config var '" + key + "'" + meant);
  }
}
