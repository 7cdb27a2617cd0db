package jlocal.cli;

import java.io.IOException;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.os.Browser;

/** Opens the running app in the browser. */
final class OpenCommand extends RunningAppCommand {
  OpenCommand() {
    super("open", "apps:open");
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    return app.question(Request.of("info"), (reply, _) -> open(reply, context));
  }

  private static int open(Reply reply, Context context) {
    if (!(reply instanceof Reply.Info(var app))) throw new IllegalStateException("" + reply);
    if (app.address().isEmpty()) {
      context.err().line("jlocal: this app has no address: none of its processes is running");
      return ExitCode.CRASHED.status();
    }
    boolean opened = Browser.open(app.address(), context.environment());
    context.out().line(opened ? "opening " + app.address() : app.address());
    return ExitCode.DONE.status();
  }
}
