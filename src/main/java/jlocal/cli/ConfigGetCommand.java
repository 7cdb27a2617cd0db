package jlocal.cli;

import java.util.List;
import jlocal.config.ConfigVars;
import jlocal.problem.Nearest;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints the value of one config var. */
final class ConfigGetCommand extends Subcommand<Values> {
  ConfigGetCommand() {
    super("print the value of one config var", "config:get");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(
        new OptionGroup(
            "Output",
            List.of(
                Options.flag("-s, --shell", "print KEY=value for a shell or an env file").build())),
        ConfigCommand.app());
  }

  @Override
  PositionalParamSpec arguments() {
    return PositionalParamSpec.builder().arity("1").required(true).paramLabel("KEY").build();
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("jlocal config:get DATABASE_URL", "the bare value"),
        new Example(
            "jlocal config:get KEY -s -e .env.staging >> .env",
            "take it over from another env file"));
  }

  @Override
  Values read(Values values) {
    return values;
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
    String near = Nearest.of(key, List.copyOf(vars.byName().keySet()));
    String meant = near == null ? "" : "; did you mean '" + near + "'?";
    return Problem.error("there is no config var '" + key + "'" + meant);
  }
}
