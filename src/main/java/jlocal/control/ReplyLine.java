package jlocal.control;

import static jlocal.control.Protocol.line;
import static jlocal.control.Protocol.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.control.JsonFields.Malformed;

/** Replies as lines of the protocol. */
final class ReplyLine {
  private ReplyLine() {}

  static String of(Reply reply) {
    return switch (reply) {
      case Reply.Info(var app) -> line("reply", "info", "app", app.members());
      case Reply.Instances(var instances) ->
          line(
              "reply",
              "instances",
              "instances",
              instances.stream().map(InstanceStatus::members).toList());
      case Reply.Counts(var counts) -> line("reply", "counts", "counts", pairs(counts));
      case Reply.Done(var did) -> line("reply", "done", "did", did);
      case Reply.Failed(var did, var failed, var crashed) ->
          line("reply", "failed", "did", did, "failed", failed, "crashed", crashed);
      case Reply.Refused(var why, var hint) -> line("reply", "refused", "why", why, "hint", hint);
      case Reply.Streaming _ -> line("reply", "streaming");
    };
  }

  private static List<Object> pairs(SequencedMap<String, Integer> counts) {
    var pairs = new ArrayList<Object>();
    counts.forEach((type, count) -> pairs.add(object("type", type, "count", count)));
    return pairs;
  }

  static Reply read(String text) throws Malformed {
    JsonFields fields = JsonFields.read(text);
    String kind = fields.text("reply");
    long version = fields.whole("v");
    if (version != Protocol.VERSION && !kind.equals("refused")) {
      throw new Malformed(
          "this app was started by a jlocal that speaks version %d of the control protocol, and this one speaks version %d"
              .formatted(version, Protocol.VERSION));
    }
    return switch (kind) {
      case "info" -> new Reply.Info(app(fields.object("app")));
      case "instances" -> new Reply.Instances(instances(fields.objects("instances")));
      case "counts" -> new Reply.Counts(counts(fields.objects("counts")));
      case "done" -> new Reply.Done(fields.texts("did"));
      case "failed" ->
          new Reply.Failed(fields.texts("did"), fields.texts("failed"), fields.flag("crashed"));
      case "refused" -> new Reply.Refused(fields.text("why"), fields.text("hint"));
      case "streaming" -> new Reply.Streaming();
      default -> throw new Malformed("an answer that this jlocal does not know");
    };
  }

  private static AppInfo app(JsonFields fields) throws Malformed {
    return new AppInfo(
        fields.whole("pid"),
        fields.text("root"),
        fields.text("procfile"),
        fields.text("url"),
        fields.whole("started_at"),
        (int) fields.whole("up"),
        (int) fields.whole("instances"));
  }

  private static List<InstanceStatus> instances(List<JsonFields> objects) throws Malformed {
    var instances = new ArrayList<InstanceStatus>();
    for (JsonFields fields : objects) {
      instances.add(
          new InstanceStatus(
              fields.text("name"),
              fields.text("state"),
              fields.whole("pid"),
              (int) fields.whole("port"),
              fields.whole("uptime_ms"),
              (int) fields.whole("restarts"),
              (int) fields.whole("ordered_restarts"),
              fields.text("last_exit"),
              fields.number("cpu"),
              fields.whole("memory")));
    }
    return instances;
  }

  private static SequencedMap<String, Integer> counts(List<JsonFields> objects) throws Malformed {
    var counts = new LinkedHashMap<String, Integer>();
    for (JsonFields fields : objects) counts.put(fields.text("type"), (int) fields.whole("count"));
    return counts;
  }
}
