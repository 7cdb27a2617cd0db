package jlocal.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import jlocal.logs.EventMessages;
import jlocal.text.Timestamp;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Shows the last requests that went through the router of the running app. */
final class RequestsCommand extends RunningAppCommand {
  private static final String STATUS = "--status";
  private static final List<String> TITLES =
      List.of("TIME", "METHOD", "STATUS", "PROCESS", "SERVICE", "BYTES", "ADDRESS");

  RequestsCommand() {
    super("requests");
  }

  @Override
  List<OptionGroup> ownOptions() {
    return List.of(
        new OptionGroup(
            "Which requests",
            Options.number(0, 500, "-n", "--num").defaultValue("20").build(),
            Options.list(RequestsCommand::status, "STATUS,...", STATUS).build(),
            Options.flag(Options.JSON)));
  }

  @Override
  PositionalParamSpec arguments() {
    return Options.words("[TYPE | TYPE.N]...");
  }

  private static String status(String text) {
    if (text.matches("[1-5]([0-9][0-9]|xx)")) return text.replace('x', '.');
    throw Converters.invalid(text, "is not a status, such as 404 or 5xx");
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    return app.question(
        Request.of("requests"),
        (reply, _) -> {
          if (!(reply instanceof Reply.Requests(var all))) return app.tell(reply);
          List<JsonFields> found = all.stream().filter(each -> isWanted(each, values)).toList();
          int skipped = Math.max(0, found.size() - values.<Integer>get("--num"));
          print(found.subList(skipped, found.size()), values.is(Options.JSON), context.out());
          return ExitCode.DONE.status();
        });
  }

  private static boolean isWanted(JsonFields it, Values values) {
    String instance = it.text("instance") + ".";
    List<String> names = values.arguments();
    List<String> statuses = values.list(STATUS);
    String status = Long.toString(it.whole("status"));
    return (names.isEmpty() || names.stream().anyMatch(one -> instance.startsWith(one + ".")))
        && (statuses.isEmpty() || statuses.stream().anyMatch(one -> status.matches(one)));
  }

  private static void print(List<JsonFields> requests, boolean json, Out out) {
    if (json) {
      out.exact(JsonWriter.write(requests.stream().map(RequestsCommand::dated).toList()));
      return;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(TITLES);
    requests.forEach(each -> rows.add(row(each)));
    if (requests.isEmpty()) out.line("no such request");
    else out.table(rows, 4, 5);
  }

  /** Formats the time as in the log. */
  private static JsonFields dated(JsonFields it) {
    var all = new LinkedHashMap<>(it.values());
    all.put("time", Instant.ofEpochMilli(it.whole("time")).toString());
    return new JsonFields(all);
  }

  private static List<String> row(JsonFields it) {
    String code = it.flag("open") ? "open" : it.text("code");
    long service = it.whole("service");
    return List.of(
        Timestamp.TIME.of(Instant.ofEpochMilli(it.whole("time"))),
        it.text("method"),
        (it.whole("status") + " " + code).strip(),
        it.text("instance").isEmpty() ? "-" : it.text("instance"),
        service < 0 ? "-" : EventMessages.span(Duration.ofMillis(service)),
        Long.toString(it.whole("bytes")),
        it.text("host") + it.text("path"));
  }
}
