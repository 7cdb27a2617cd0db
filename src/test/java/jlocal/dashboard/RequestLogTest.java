package jlocal.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import jlocal.Await;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import jlocal.router.HandledRequest;
import org.junit.jupiter.api.Test;

/** The requests that are kept for pages, and the charts made of them. */
class RequestLogTest {
  private final Charts charts = new Charts();
  private final RequestLog log = new RequestLog(charts);

  private static HandledRequest request(long number, boolean isOpen, String field, int status) {
    var fields = new HeaderMap();
    fields.put(new HttpString("Authorization"), field);
    fields.put(new HttpString("Accept"), "text/html");
    return new HandledRequest(
        number,
        0,
        isOpen,
        "id-" + number,
        "GET",
        "http",
        "localhost",
        "/" + number,
        "web.1",
        "",
        status,
        10,
        0,
        1_000_000,
        9_000_000,
        fields,
        new HeaderMap(),
        null,
        null);
  }

  @Test
  void a_page_gets_what_is_new_and_what_has_ended() {
    log.saw(request(1, true, "", 101));
    log.saw(request(2, false, "", 200));
    var first = log.since(-1, 10);
    assertThat(numbers(first)).containsExactly(1L, 2L);
    log.saw(request(1, false, "", 101));
    var second = log.since(first.change(), 10);
    assertThat(numbers(second)).containsExactly(1L);
    assertThat(second.requests().getFirst().flag("open")).isFalse();
    assertThat(log.since(second.change(), 10).requests()).isEmpty();
  }

  private static List<Long> numbers(RequestLog.Batch batch) {
    return batch.requests().stream().map(it -> it.whole("number")).toList();
  }

  @Test
  void a_request_that_is_told_of_a_moment_later_is_waited_for() throws Exception {
    var later = new Thread(() -> log.saw(request(7, false, "", 200)));
    later.start();
    assertThat(log.await("id-7", Await.LIMIT)).isNotNull();
    later.join();
    assertThat(log.await("id-8", Duration.ofMillis(1))).isNull();
  }

  @Test
  void what_is_kept_is_bounded_in_number_and_size() {
    for (int i = 0; i < 2_000; i++) log.saw(request(i, false, "x", 200));
    assertThat(log.since(-1, Integer.MAX_VALUE).requests()).hasSize(500);
    assertThat(log.since(0, 50).missed()).isEqualTo(1_950);
    for (int i = 0; i < 100; i++) log.saw(request(i, false, "x".repeat(200_000), 200));
    assertThat(log.since(-1, Integer.MAX_VALUE).requests()).hasSizeLessThan(25);
  }

  @Test
  void secret_fields_are_masked() {
    String json = JsonWriter.write(RequestLog.details(request(1, false, "Bearer x", 200)));
    assertThat(json).contains("text/html", "\"Authorization\"").doesNotContain("Bearer");
  }

  @Test
  void charts_count_by_status_class_and_duration() {
    for (int i = 0; i < 90; i++) charts.request(200, 10);
    for (int i = 0; i < 10; i++) charts.request(503, 1_000);
    JsonFields json = JsonFields.read(JsonWriter.write(charts.json(List.of())));
    assertThat(JsonWriter.write(json.values().get("classes"))).contains("[0,90,0,0,10]");
    assertThat(largest(json, "p50")).isBetween(10L, 12L);
    assertThat(largest(json, "p95")).isBetween(1_000L, 1_200L);
  }

  private static long largest(JsonFields json, String name) {
    return ((List<?>) Objects.requireNonNull(json.values().get(name)))
        .stream().mapToLong(it -> (Long) it).max().orElse(-1);
  }
}
