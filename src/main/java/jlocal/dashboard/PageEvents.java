package jlocal.dashboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import jlocal.router.HandledRequest;
import jlocal.router.RecentRequests;

/**
 * Sends events to one open page (WHATWG HTML, 9.2), at most ten of each kind per second. A page
 * that reads slowly gets fewer lines of the log, and the number of lines it missed.
 */
final class PageEvents {
  private static final byte[] NOTHING = ":\n\n".getBytes(StandardCharsets.UTF_8);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration TICK = Duration.ofSeconds(1);

  /** The number of lines for a page that is opened or reconnects. */
  private static final int BACKLOG = 2_000;

  /** The number of requests sent at once. */
  private static final int MOST_REQUESTS = 50;

  private final OutputStream out;
  private final LogFeed log;
  private final UsageSampler samples;
  private final Supplier<RecentRequests> requests;
  private long line = -1;
  private long change = -1;
  private Map<String, String> rows = new LinkedHashMap<>();
  private String app = "";

  /** Creates a page that has received nothing. */
  PageEvents(
      OutputStream out, LogFeed log, UsageSampler samples, Supplier<RecentRequests> requests) {
    this.out = out;
    this.log = log;
    this.samples = samples;
    this.requests = requests;
  }

  /**
   * Sends events until the page is closed.
   *
   * @param from the number of the first line to send; -1 for the last lines
   */
  void run(long from) throws IOException, InterruptedException {
    line = from;
    while (true) {
      if (sendChanges() == 0) out.write(NOTHING); // Otherwise a closed page would not be noticed.
      out.flush();
      pause();
    }
  }

  /** Sends all changes; returns the number of events. */
  int sendChanges() throws IOException {
    return sendRows() + sendApp() + sendLog() + sendRequests();
  }

  private void pause() throws InterruptedException {
    long began = System.nanoTime();
    log.await(line, TICK);
    long left = PAUSE.toNanos() - (System.nanoTime() - began);
    if (left > 0) log.await(Long.MAX_VALUE, Duration.ofNanos(left));
  }

  /** Sends the state of the app; returns the number of events. */
  private int sendApp() throws IOException {
    String now = samples.about();
    if (now.equals(app)) return 0;
    app = now;
    send("app", now);
    return 1;
  }

  /** Sends only the changed rows. */
  private int sendRows() throws IOException {
    SequencedMap<String, String> now = samples.rows();
    var changed = new ArrayList<String>();
    now.forEach((name, row) -> {
      if (!row.equals(rows.get(name))) changed.add(row);
    });
    boolean others = !List.copyOf(rows.keySet()).equals(List.copyOf(now.keySet()));
    rows = now;
    if (changed.isEmpty() && !others) return 0;
    String names = JsonWriter.write(now.keySet());
    send("rows", "{\"names\":" + names + ",\"rows\":[" + String.join(",", changed) + "]}");
    return 1;
  }

  private int sendLog() throws IOException {
    LogFeed.Batch batch = log.from(line, BACKLOG);
    line = batch.next();
    if (batch.lines().isEmpty()) return 0;
    var lines = new ArrayList<List<Object>>();
    for (LogFeed.Line each : batch.lines()) {
      lines.add(List.of(each.number(), each.time(), each.source(), each.text()));
    }
    send("log", JsonWriter.write(JsonFields.of("lines", lines, "skipped", batch.skipped())));
    return 1;
  }

  private int sendRequests() throws IOException {
    RecentRequests.Batch batch =
        requests.get().since(change, change < 0 ? Integer.MAX_VALUE : MOST_REQUESTS);
    change = batch.change();
    if (batch.requests().isEmpty()) return 0;
    var found = batch.requests().stream().map(HandledRequest::summary).toList();
    var news = JsonFields.of("requests", found, "missed", batch.missed());
    send("requests", JsonWriter.write(news));
    return 1;
  }

  private void send(String event, String data) throws IOException {
    out.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
  }
}
