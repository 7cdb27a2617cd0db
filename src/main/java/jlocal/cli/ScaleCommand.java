package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.control.Reply;
import jlocal.control.Request;

/** Changes the formation of the running app, or prints it. */
final class ScaleCommand extends RunningAppCommand {
  ScaleCommand() {
    super("scale", "ps:scale");
    takes("[TYPE=N | TYPE+N | TYPE-N]...");
  }

  @Override
  List<OptionGroup> ownOptions() {
    return List.of(new OptionGroup("Order", Options.flag("--no-wait"), Options.flag(Options.JSON)));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    List<String> changes = values.arguments();
    var request = Request.of("scale", "changes", changes, "await", !values.is("--no-wait"));
    if (!changes.isEmpty()) return app.order(request);
    return app.question(request, (reply, _) -> print(reply, values.is(Options.JSON), context));
  }

  /** Prints the formation in a form that {@code scale} accepts. */
  private static int print(Reply reply, boolean json, Context context) {
    if (!(reply instanceof Reply.Counts(var counts))) throw new IllegalStateException("" + reply);
    var words = counts.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    if (json) context.out().json(counts);
    else context.out().line(String.join(" ", words));
    return ExitCode.DONE.status();
  }
}
