package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.control.Request;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Restarts instances of the running app. */
final class RestartCommand extends RunningAppCommand {
  RestartCommand() {
    super("restart", "ps:restart");
  }

  @Override
  List<OptionGroup> ownOptions() {
    return List.of(
        new OptionGroup("Order", Options.flag("--dependents"), Options.flag("--no-wait")));
  }

  @Override
  PositionalParamSpec arguments() {
    return Options.words("[TYPE | TYPE.N]...");
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    return app.order(
        Request.of(
            "restart",
            "names",
            values.arguments(),
            "dependents",
            values.is("--dependents"),
            "await",
            !values.is("--no-wait")));
  }
}
