package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import jlocal.Await;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {
  private final RecentRequests recent = new RecentRequests();

  private static HandledRequest request(long number, boolean isOpen, String field, int status) {
    String fields = "\nAuthorization: " + field + "\nAccept: text/html";
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
        "",
        null,
        null);
  }

  @Test
  void a_later_query_returns_new_and_ended_requests() {
    recent.add(request(1, true, "", 101));
    recent.add(request(2, false, "", 200));
    var first = recent.since(-1, 10);
    assertThat(numbers(first)).containsExactly(1L, 2L);
    recent.add(request(1, false, "", 101));
    var second = recent.since(first.change(), 10);
    assertThat(numbers(second)).containsExactly(1L);
    assertThat(second.requests().getFirst().isOpen()).isFalse();
    assertThat(recent.since(second.change(), 10).requests()).isEmpty();
  }

  private static List<Long> numbers(RecentRequests.Batch batch) {
    return batch.requests().stream().map(HandledRequest::number).toList();
  }

  @Test
  void a_request_that_is_reported_a_moment_later_is_awaited() throws Exception {
    var later = new Thread(() -> recent.add(request(7, false, "", 200)));
    later.start();
    assertThat(recent.await("id-7", Await.LIMIT)).isNotNull();
    later.join();
    assertThat(recent.await("id-8", Duration.ofMillis(1))).isNull();
  }

  @Test
  void what_is_kept_is_bounded_in_number_and_size() {
    for (int i = 0; i < 2_000; i++) recent.add(request(i, false, "x", 200));
    assertThat(recent.all()).hasSize(500);
    assertThat(recent.since(0, 50).missed()).isEqualTo(1_950);
    for (int i = 0; i < 100; i++) recent.add(request(i, false, "x".repeat(200_000), 200));
    assertThat(recent.all()).hasSizeLessThan(25);
  }
}
