package jlocal.cli;

import java.io.IOException;
import jlocal.control.Request;

/** Stops instances of the running app, or all of it. */
final class StopCommand extends RunningAppCommand {
  StopCommand() {
    super("stop", "ps:stop");
    takes("[TYPE | TYPE.N]...");
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    var request = Request.of("stop", "names", values.arguments());
    if (!values.arguments().isEmpty()) return app.order(request);
    return app.longOrder(
        request,
        (reply, client) -> {
          // When jlocal itself has ended, its ports are free and it can be started again.
          client.awaitEnd();
          return app.tell(reply);
        });
  }
}
