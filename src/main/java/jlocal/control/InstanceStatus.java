package jlocal.control;

import java.util.LinkedHashMap;
import java.util.List;
import jlocal.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * The status of an instance.
 *
 * @param state the word shown to users: up, crashed
 * @param pid 0 if it has no process
 * @param uptimeMs since its process was started; -1 without one
 * @param restarts how often it was restarted because it had ended by itself
 * @param orderedRestarts how often the user restarted it
 * @param known more about its state: where it listens, what it waits for; may be empty
 * @param lastExit how its last process ended; empty if none did
 * @param cpu per cent of one CPU; -1 if unknown
 * @param memory of all its processes, in bytes; -1 if unknown
 * @param details only sent on request; else null
 */
public record InstanceStatus(
    String name,
    String state,
    long pid,
    int port,
    long uptimeMs,
    int restarts,
    int orderedRestarts,
    String known,
    String lastExit,
    double cpu,
    long memory,
    @Nullable Details details) {
  /**
   * Details that take longer to determine.
   *
   * @param ready whether it is up, or has completed
   * @param openPorts the TCP ports on which its processes listen
   * @param url its address; empty for none
   * @param lastLines its output before its last process ended
   */
  public record Details(
      boolean ready, List<Integer> openPorts, String url, List<String> lastLines) {}

  public JsonFields fields() {
    var fields =
        JsonFields.of(
            "name", name,
            "state", state,
            "pid", pid,
            "port", port,
            "uptime_ms", uptimeMs,
            "restarts", restarts,
            "ordered_restarts", orderedRestarts,
            "known", known,
            "last_exit", lastExit,
            "cpu", cpu,
            "memory", memory);
    if (details == null) return fields;
    var all = new LinkedHashMap<>(fields.values());
    all.put("ready", details.ready);
    all.put("open_ports", details.openPorts);
    all.put("url", details.url);
    all.put("last_lines", details.lastLines);
    return new JsonFields(all);
  }

  static InstanceStatus of(JsonFields fields) {
    return new InstanceStatus(
        fields.text("name"),
        fields.text("state"),
        fields.whole("pid"),
        fields.small("port"),
        fields.whole("uptime_ms"),
        fields.small("restarts"),
        fields.small("ordered_restarts"),
        fields.text("known"),
        fields.text("last_exit"),
        fields.number("cpu").doubleValue(),
        fields.whole("memory"),
        fields.has("ready") ? details(fields) : null);
  }

  private static Details details(JsonFields fields) {
    return new Details(
        fields.flag("ready"),
        fields.smalls("open_ports"),
        fields.text("url"),
        fields.texts("last_lines"));
  }
}
