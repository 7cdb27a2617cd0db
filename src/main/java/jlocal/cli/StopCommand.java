package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.control.Request;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Stops instances of the running app, or all of it. */
final class StopCommand extends RunningAppCommand {
  StopCommand() {
    super("stop processes of the running app; without arguments the whole app", "stop", "ps:stop");
  }

  @Override
  PositionalParamSpec arguments() {
    return words("[TYPE | TYPE.N]...");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("jlocal stop", "ends the app, and returns when nothing of it is left"),
        new Example("jlocal stop worker", "until 'jlocal start worker'; given again it kills"));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    var request = Request.of("stop", "names", values.arguments());
    if (!values.arguments().isEmpty()) return app.order(request);
    return app.longOrder(
        request,
        (reply, client) -> {
          // When jlocal itself has gone, too, its ports are free and it can be started again.
          client.awaitEnd();
          return app.tell(reply);
        });
  }
}
