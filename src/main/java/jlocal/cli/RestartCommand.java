package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.control.Request;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Restarts instances of the running app. */
final class RestartCommand extends RunningAppCommand {
  RestartCommand() {
    super(
        "restart processes of the running app; several of web one after the other",
        "restart",
        "ps:restart");
  }

  @Override
  OptionGroup ownOptions() {
    return order(Options.noWait());
  }

  @Override
  PositionalParamSpec arguments() {
    return words("[TYPE | TYPE.N]...");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("jlocal restart", "all of them"),
        new Example("jlocal restart web", "all of web, so that no request fails"),
        new Example("jlocal restart worker.2", "one"));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    return app.order(
        Request.of("restart", "names", values.arguments(), "await", !values.is("--no-wait")));
  }
}
