package jlocal.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import jlocal.router.Traffic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleTimeTest {
  /** Each check is at SECOND:REQUESTS:OPEN; the app starts at 0 and sleeps after 10 s. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "5:0:0, false",
    "10:0:0, true",
    "5:1:0 10:1:0, false",
    "5:1:0 14:1:0, false",
    "5:1:0 15:1:0, true",
    "5:1:0 15:2:0, false",
    "5:1:1 15:1:1 20:1:1, false",
    "5:1:1 15:1:1 24:1:0, false",
    "5:1:1 15:1:1 25:1:0, true",
    "9:0:1 10:0:0, false"
  })
  void an_app_is_idle_from_the_end_of_its_last_request(String looks, boolean isOver) {
    var limit = Duration.ofSeconds(10);
    var idle = new IdleTime(0, 0);
    long now = 0;
    for (String look : looks.split(" ", -1)) {
      String[] parts = look.split(":", -1);
      now = Duration.ofSeconds(Long.parseLong(parts[0])).toNanos();
      var traffic = new Traffic(Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
      idle = idle.after(traffic, now);
    }
    assertThat(idle.isOver(limit, now)).isEqualTo(isOver);
  }
}
