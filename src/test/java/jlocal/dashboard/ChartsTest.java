package jlocal.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import jlocal.router.HandledRequest;
import org.junit.jupiter.api.Test;

/** The request charts of pages. */
class ChartsTest {
  private final Charts charts = new Charts();

  private static HandledRequest request(int status, int millis, boolean isOpen) {
    String fields = "\nAuthorization: Bearer x\nAccept: text/html";
    return new HandledRequest(
        1,
        0,
        isOpen,
        "id",
        "GET",
        "http",
        "localhost",
        "/",
        "web.1",
        "",
        status,
        10,
        0,
        -1,
        millis * 1_000_000L,
        fields,
        "",
        null,
        null);
  }

  @Test
  void secret_fields_are_masked() {
    String json = JsonWriter.write(RequestDetails.of(request(200, 1, false)));
    assertThat(json).contains("text/html", "\"Authorization\"").doesNotContain("Bearer");
  }

  @Test
  void charts_count_by_status_class_and_duration() {
    for (int i = 0; i < 90; i++) charts.saw(request(200, 10, false));
    for (int i = 0; i < 10; i++) charts.saw(request(503, 1_000, false));
    charts.saw(request(101, 1, true));
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
