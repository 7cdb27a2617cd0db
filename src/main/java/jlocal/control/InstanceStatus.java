package jlocal.control;

import jlocal.json.JsonFields;

/**
 * One instance at one moment.
 *
 * @param state the word a user sees: up, crashed
 * @param pid 0 when it has no process
 * @param uptimeMs since its process was started; -1 without one
 * @param restarts how often it was started again because it had ended by itself
 * @param orderedRestarts how often it was started again because a person ordered it
 * @param known what else is known of its state: where it listens, what it waits for; may be empty
 * @param lastExit how its last process ended; empty when none did
 * @param cpu per cent of one processor; -1 where the system does not tell
 * @param memory of all its processes, in bytes; -1 where the system does not tell
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
    long memory) {
  /** As JSON shows it. */
  public JsonFields fields() {
    return JsonFields.of(
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
        fields.whole("memory"));
  }
}
