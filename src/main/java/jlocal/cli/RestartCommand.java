package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.control.Request;
import jlocal.json.JsonFields;

/** Restarts instances of the running app. */
final class RestartCommand extends RunningAppCommand {
  RestartCommand() {
    super("restart", "ps:restart");
    takes("[TYPE | TYPE.N]...");
  }

  @Override
  List<OptionGroup> ownOptions() {
    return List.of(
        new OptionGroup("Order", Options.flag("--dependents"), Options.flag("--no-wait")));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    var arguments =
        JsonFields.of(
            "names", values.arguments(),
            "dependents", values.is("--dependents"),
            "await", !values.is("--no-wait"));
    return app.order(new Request("restart", arguments));
  }
}
