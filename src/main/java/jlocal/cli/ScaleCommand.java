package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.json.JsonWriter;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Changes the formation of the running app, or prints it. */
final class ScaleCommand extends RunningAppCommand {
  ScaleCommand() {
    super(
        "change how many of each type run; without arguments print how many do",
        "scale",
        "ps:scale");
  }

  @Override
  OptionGroup ownOptions() {
    return order(Options.noWait(), Options.json());
  }

  @Override
  PositionalParamSpec arguments() {
    return words("[TYPE=N | TYPE+N | TYPE-N]...");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("jlocal scale web=3", "three of web, and wait until they are up"),
        new Example("jlocal scale web+1 worker=0", "one more of web, and no worker"),
        new Example("jlocal scale", "how many there are"));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    List<String> changes = values.arguments();
    var request = Request.of("scale", "changes", changes, "await", !values.is("--no-wait"));
    if (!changes.isEmpty()) return app.order(request);
    return app.question(request, (reply, _) -> print(reply, values.is(Options.JSON), context));
  }

  /** In a form that {@code scale} takes again. */
  private static int print(Reply reply, boolean json, Context context) {
    if (!(reply instanceof Reply.Counts(var counts))) throw new IllegalStateException("" + reply);
    var words = counts.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    if (json) context.out().exact(JsonWriter.write(counts));
    else context.out().line(String.join(" ", words));
    return ExitCode.DONE.status();
  }
}
