package jlocal.control;

import static jlocal.control.Protocol.line;

import jlocal.control.JsonFields.Malformed;

/** Requests as lines of the protocol. */
final class RequestLine {
  private RequestLine() {}

  static String of(Request request) {
    return switch (request) {
      case Request.Info _ -> line("do", "info");
      case Request.Ps _ -> line("do", "ps");
      case Request.Scale(var changes, var await) ->
          line("do", "scale", "changes", changes, "await", await);
      case Request.Start(var names, var await) ->
          line("do", "start", "names", names, "await", await);
      case Request.Restart(var names, var await) ->
          line("do", "restart", "names", names, "await", await);
      case Request.Stop(var names) -> line("do", "stop", "names", names);
      case Request.Reload(var await) -> line("do", "reload", "await", await);
      case Request.Await _ -> line("do", "await");
      case Request.Connect(var name, var rows, var columns) ->
          line("do", "connect", "name", name, "rows", rows, "columns", columns);
      case Request.Logs logs -> logs(logs);
    };
  }

  private static String logs(Request.Logs logs) {
    return line(
        "do", "logs",
        "tail", logs.tail(),
        "lines", logs.lines().most(),
        "names", logs.lines().names(),
        "source", logs.lines().source(),
        "grep", logs.lines().grep(),
        "since", logs.lines().sinceMs(),
        "color", logs.color(),
        "json", logs.json());
  }

  /**
   * Reads a line.
   *
   * @throws Malformed with a sentence for the person at the other end
   */
  static Request read(String text) throws Malformed {
    JsonFields fields = JsonFields.read(text);
    long version = fields.whole("v");
    if (version != Protocol.VERSION) {
      throw new Malformed(
          "this app was started by a jlocal that speaks version %d of the control protocol, and you use one that speaks version %d"
              .formatted(Protocol.VERSION, version));
    }
    return switch (fields.text("do")) {
      case "info" -> new Request.Info();
      case "ps" -> new Request.Ps();
      case "scale" -> new Request.Scale(fields.texts("changes"), fields.flag("await"));
      case "start" -> new Request.Start(fields.texts("names"), fields.flag("await"));
      case "restart" -> new Request.Restart(fields.texts("names"), fields.flag("await"));
      case "stop" -> new Request.Stop(fields.texts("names"));
      case "reload" -> new Request.Reload(fields.flag("await"));
      case "await" -> new Request.Await();
      case "connect" ->
          new Request.Connect(
              fields.text("name"), (int) fields.whole("rows"), (int) fields.whole("columns"));
      case "logs" -> logs(fields);
      default -> throw new Malformed("it asks for something that this jlocal does not know");
    };
  }

  private static Request.Logs logs(JsonFields fields) throws Malformed {
    var lines =
        new Request.Lines(
            (int) fields.whole("lines"),
            fields.texts("names"),
            fields.text("source"),
            fields.text("grep"),
            fields.whole("since"));
    return new Request.Logs(fields.flag("tail"), lines, fields.flag("color"), fields.flag("json"));
  }
}
