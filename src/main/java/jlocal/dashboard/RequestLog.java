package jlocal.dashboard;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import jlocal.json.JsonFields;
import jlocal.router.HandledRequest;
import jlocal.router.KeptBody;
import org.jspecify.annotations.Nullable;

/** The last requests that went through the router, from the first opening on. */
final class RequestLog implements HandledRequest.Observer {
  private static final int MOST = 500;
  private static final int MOST_BYTES = 4 << 20;
  private static final int BASE_BYTES = 1_000;
  private static final int FIELD_BYTES = 100;

  /** Fields whose values are shown only when they are asked for. */
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(authorization|cookie|token|secret|api-?key|password|session).*");

  private final SequencedMap<Long, Entry> kept = new LinkedHashMap<>();
  private final Charts charts;
  private long changes;
  private int bytes;

  private record Entry(HandledRequest request, long change, int bytes) {}

  /**
   * What is new.
   *
   * @param change to be asked with the next time
   * @param missed how many were left out
   */
  record Batch(List<JsonFields> requests, long change, long missed) {}

  RequestLog(Charts charts) {
    this.charts = charts;
  }

  @Override
  public synchronized void saw(HandledRequest request) {
    if (!request.isOpen()) {
      charts.request(request.status(), TimeUnit.NANOSECONDS.toMillis(duration(request)));
    }
    var entry = new Entry(request, ++changes, size(request));
    Entry before = kept.remove(request.number());
    kept.put(request.number(), entry);
    bytes += entry.bytes - (before == null ? 0 : before.bytes);
    notifyAll();
    while (kept.size() > MOST || (bytes > MOST_BYTES && kept.size() > 1)) {
      bytes -= kept.pollFirstEntry().getValue().bytes;
    }
  }

  private static long duration(HandledRequest it) {
    return Math.max(0, it.waited()) + Math.max(0, it.connect()) + Math.max(0, it.service());
  }

  /** About so much memory. */
  private static int size(HandledRequest it) {
    int size = BASE_BYTES + it.path().length() + size(it.fields()) + size(it.answered());
    return size + size(it.sent()) + size(it.received());
  }

  private static int size(HeaderMap fields) {
    int size = 0;
    for (HeaderValues values : fields) {
      for (String value : values) size += FIELD_BYTES + value.length();
    }
    return size;
  }

  private static int size(@Nullable KeptBody body) {
    return body == null ? 0 : (int) Math.min(KeptBody.MOST, body.length());
  }

  /** What has come since an earlier change, the newest last and at most so many. */
  synchronized Batch since(long change, int most) {
    var found = new ArrayList<JsonFields>();
    for (Entry entry : kept.sequencedValues().reversed()) {
      if (entry.change <= change || found.size() == most) break;
      found.add(summary(entry.request));
    }
    long missed = change < 0 ? 0 : changes - change - found.size();
    return new Batch(found.reversed(), changes, missed);
  }

  /** The request of this number; null when it is not kept any more. */
  synchronized @Nullable HandledRequest find(long number) {
    Entry entry = kept.get(number);
    return entry == null ? null : entry.request;
  }

  /**
   * The last one with this X-Request-ID. Its client may see its end before it is told of here:
   * waits for it, at most so long; null when it does not come.
   */
  synchronized @Nullable HandledRequest await(String id, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    HandledRequest found = find(id);
    for (long left = 1; found == null && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
      found = find(id);
    }
    return found;
  }

  private @Nullable HandledRequest find(String id) {
    for (Entry entry : kept.sequencedValues().reversed()) {
      if (entry.request.id().equals(id) && !entry.request.isOpen()) return entry.request;
    }
    return null;
  }

  private static JsonFields summary(HandledRequest it) {
    return JsonFields.of(
        "number", it.number(),
        "time", it.time(),
        "open", it.isOpen(),
        "method", it.method(),
        "host", it.host(),
        "path", it.path(),
        "status", it.status(),
        "code", it.code(),
        "instance", it.instance(),
        "wait", millis(it.waited()),
        "connect", millis(it.connect()),
        "service", millis(it.service()),
        "bytes", it.bytes());
  }

  /** To a tenth of a millisecond. */
  private static double millis(long nanos) {
    return nanos < 0 ? -1 : Math.round(nanos / 1e5) / 10.0;
  }

  /** All that is known of a request, without the values of secret fields. */
  static JsonFields details(HandledRequest it) {
    var all = new LinkedHashMap<>(summary(it).values());
    all.put("scheme", it.scheme());
    all.put("id", it.id());
    all.put("request", fields(it.fields()));
    all.put("response", fields(it.answered()));
    if (it.sent() != null) all.put("sent", body(it.sent()));
    if (it.received() != null) all.put("received", body(it.received()));
    return new JsonFields(all);
  }

  private static List<JsonFields> fields(HeaderMap map) {
    var fields = new ArrayList<JsonFields>();
    for (HeaderValues values : map) {
      String name = values.getHeaderName().toString();
      boolean isSecret = SECRET.matcher(name).matches();
      for (String value : values) {
        fields.add(JsonFields.of("name", name, "value", isSecret ? "" : value, "masked", isSecret));
      }
    }
    return fields;
  }

  private static JsonFields body(KeptBody body) {
    byte[] bytes = body.bytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean isText = text.indexOf('\0') < 0;
    return JsonFields.of(
        "text",
        isText ? text : "",
        "binary",
        !isText,
        "kept",
        bytes.length,
        "length",
        body.length());
  }
}
