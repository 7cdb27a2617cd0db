package jlocal.cli;

import java.io.IOException;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.os.Browser;

/** {@code jlocal open}. */
final class OpenBody implements CallBody<OrderOptions> {
  @Override
  public int run(OrderOptions options, Context context) throws IOException {
    return new AppCall(options.app(), context)
        .question(new Request.Info(), (reply, _) -> open(reply, context));
  }

  private static int open(Reply reply, Context context) {
    if (!(reply instanceof Reply.Info(var app))) throw new IllegalStateException("" + reply);
    if (app.url().isEmpty()) {
      context.err().line("jlocal: this app has no address: nothing of it is running");
      return ExitCode.CRASHED.status();
    }
    boolean opened = Browser.open(app.url(), context.environment());
    context.out().line(opened ? "opening " + app.url() : app.url());
    return ExitCode.DONE.status();
  }
}
