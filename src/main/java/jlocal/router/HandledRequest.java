package jlocal.router;

import io.undertow.util.HeaderMap;
import jlocal.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * A request that the router has handled, or is still handling.
 *
 * @param number of the request, growing
 * @param time when its head was received, in milliseconds since 1970
 * @param isOpen whether it continues, as a WebSocket does; it is reported again at its end
 * @param id its X-Request-ID
 * @param path with its query
 * @param instance that responded; empty for none
 * @param code Heroku's error code; empty for none
 * @param bytes of the response's body
 * @param waited the time waited for an instance, in nanoseconds, like connect and service; -1 if
 *     that did not happen
 * @param requestHead the head as the client sent it, as text with one character per byte
 * @param responseHead the head as the instance sent it, or that of the router's response
 * @param sent the body of the request; null if bodies are not kept
 * @param received the body of the response; null if bodies are not kept
 */
public record HandledRequest(
    long number,
    long time,
    boolean isOpen,
    String id,
    String method,
    String scheme,
    String host,
    String path,
    String instance,
    String code,
    int status,
    long bytes,
    long waited,
    long connect,
    long service,
    String requestHead,
    String responseHead,
    @Nullable RecordedBody sent,
    @Nullable RecordedBody received) {

  /** Returns the fields of the request. */
  public HeaderMap fields() {
    return HeaderFields.parse(requestHead);
  }

  /** Returns the fields of the response. */
  public HeaderMap answered() {
    return HeaderFields.parse(responseHead);
  }

  /** How long it has taken so far, in nanoseconds. */
  public long duration() {
    return Math.max(0, waited) + Math.max(0, connect) + Math.max(0, service);
  }

  /** Returns the summary shown in lists, as JSON; times in milliseconds. */
  public JsonFields summary() {
    return JsonFields.of(
        "number", number,
        "time", time,
        "open", isOpen,
        "method", method,
        "host", host,
        "path", path,
        "status", status,
        "code", code,
        "instance", instance,
        "wait", millis(waited),
        "connect", millis(connect),
        "service", millis(service),
        "bytes", bytes,
        "id", id);
  }

  /** Rounds to a tenth of a millisecond. */
  private static double millis(long nanos) {
    return nanos < 0 ? -1 : Math.round(nanos / 1e5) / 10.0;
  }

  @FunctionalInterface
  public interface Observer {
    /**
     * Called on I/O threads at the end of each request, and when one stays open; must not block.
     */
    void saw(HandledRequest request);
  }
}
