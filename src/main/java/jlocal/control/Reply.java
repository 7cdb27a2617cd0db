package jlocal.control;

import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import jlocal.json.JsonFields;

/** The reply of a running app. */
public sealed interface Reply {
  /** The reply to a query; the others are replies to orders. */
  sealed interface Answer extends Reply {}

  /** The identity of the app. */
  record Info(AppInfo app) implements Answer {}

  /** The status of its instances, in the order of the Procfile. */
  record Instances(List<InstanceStatus> instances) implements Answer {}

  /** The latest requests through its router, the newest last. */
  record Requests(List<JsonFields> requests) implements Answer {}

  /** The number of instances of each type. */
  record Counts(SequencedMap<String, Integer> counts) implements Answer {}

  /** The order was executed; sentences say what was done. */
  record Done(List<String> did) implements Reply {}

  /**
   * The order was executed, but not every instance came up.
   *
   * @param failed what went wrong, and the last lines of the instances concerned
   * @param crashed whether an instance crashed, rather than being late
   */
  record Failed(List<String> did, List<String> failed, boolean crashed) implements Reply {}

  /**
   * Nothing was done. This form is the same in every version of the protocol.
   *
   * @param why a sentence
   * @param hint what to do about it; empty for nothing
   */
  record Refused(String why, String hint) implements Reply {}

  /**
   * No more lines of JSON follow, but the requested text.
   *
   * @param writer writes it, for as long as the client reads; not used by the client. It may block
   */
  record Streaming(Consumer<ClientStream> writer) implements Answer {}

  /** The connection of a client that receives a stream. */
  interface ClientStream {
    /** Writes to the client; blocks while it does not read. */
    WritableByteChannel out();

    /**
     * Reads further lines of the client, on a thread of its own, until it closes the connection.
     *
     * @param line receives each line
     * @param closed runs once, when the client has closed the connection or the app ends
     */
    void listen(Consumer<String> line, Runnable closed);
  }

  /** Returns sentences that say what was done. */
  default List<String> did() {
    return List.of();
  }

  /** Returns what went wrong, or why nothing was done. */
  default List<String> failed() {
    return this instanceof Refused(var why, _) ? List.of(why) : List.of();
  }

  /** Whether an instance crashed, or nothing was done. */
  default boolean crashed() {
    return this instanceof Refused;
  }

  /** Returns the line of the protocol, without its end. */
  default String line() {
    return switch (this) {
      case Info(var app) -> line("info", JsonFields.of("app", app.fields()));
      case Instances(var all) ->
          line(
              "instances",
              JsonFields.of("instances", all.stream().map(InstanceStatus::fields).toList()));
      case Requests(var all) -> line("requests", JsonFields.of("requests", all));
      case Counts(var counts) -> {
        var pairs = new ArrayList<JsonFields>();
        counts.forEach((type, count) -> pairs.add(JsonFields.of("type", type, "count", count)));
        yield line("counts", JsonFields.of("counts", pairs));
      }
      case Done(var did) -> line("done", JsonFields.of("did", did));
      case Failed(var did, var failed, var crashed) ->
          line("failed", JsonFields.of("did", did, "failed", failed, "crashed", crashed));
      case Refused(var why, var hint) -> line("refused", JsonFields.of("why", why, "hint", hint));
      case Streaming _ -> line("streaming", JsonFields.of());
    };
  }

  private static String line(String kind, JsonFields fields) {
    return Request.line("reply", kind, fields);
  }

  /**
   * Parses a line.
   *
   * @throws JsonFields.Malformed with a sentence for the user
   */
  static Reply read(String line) {
    var fields = JsonFields.read(line);
    String kind = fields.text("reply");
    long version = fields.whole("v");
    if (version != Request.VERSION && !kind.equals("refused")) {
      throw new JsonFields.Malformed(
          "this app was started by a jlocal that speaks version %d of the control protocol, and this one speaks version %d"
              .formatted(version, Request.VERSION));
    }
    return switch (kind) {
      case "info" -> new Info(AppInfo.of(fields.object("app")));
      case "instances" ->
          new Instances(fields.objects("instances").stream().map(InstanceStatus::of).toList());
      case "requests" -> new Requests(fields.objects("requests"));
      case "counts" -> {
        var counts = new LinkedHashMap<String, Integer>();
        fields.objects("counts").forEach(it -> counts.put(it.text("type"), it.small("count")));
        yield new Counts(counts);
      }
      case "done" -> new Done(fields.texts("did"));
      case "failed" ->
          new Failed(fields.texts("did"), fields.texts("failed"), fields.flag("crashed"));
      case "refused" -> new Refused(fields.text("why"), fields.text("hint"));
      case "streaming" -> new Streaming(_ -> {});
      default -> throw new JsonFields.Malformed("a reply that this jlocal does not know");
    };
  }
}
