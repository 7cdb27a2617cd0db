package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import jlocal.router.RouterConfig.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways a request ends: timeouts, a client that closes its side, an instance that closes. */
class RequestStateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          CONNECTING        |  5000 | false | -
          CONNECTING        |  5001 | false | H19
          SENDING           | 55000 | false | -
          SENDING           | 55001 | false | H28
          SENDING           | 55001 | true  | H15
          AWAITING_RESPONSE | 30000 | false | -
          AWAITING_RESPONSE | 30001 | false | H12
          RESPONDING        | 55000 | false | -
          RESPONDING        | 55001 | false | H15
          WAITING           | 99999 | false | -
          TUNNELLING        | 99999 | false | -
          ENDED             | 99999 | false | -
          """)
  void a_timeout_ends_a_state_with_its_error(
      RequestState state, long idleMillis, boolean instanceIdle, RouterError error) {
    Duration idle = Duration.ofMillis(idleMillis);
    assertThat(state.timeout(idle, Timeouts.DEFAULT, instanceIdle)).isEqualTo(error);
  }

  @ParameterizedTest
  @EnumSource(RequestState.class)
  void zero_is_no_timeout(RequestState state) {
    var none =
        new Timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    assertThat(state.timeout(Duration.ofDays(9), none, true)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "WAITING, true, true",
    "CONNECTING, true, true",
    "SENDING, true, true",
    "AWAITING_RESPONSE, true, true",
    "RESPONDING, false, true",
    "TUNNELLING, false, false",
    "ENDED, false, false"
  })
  void a_client_that_closes_its_side_is_gone_unless_it_reads_a_response(
      RequestState state, boolean ends, boolean endsEventStream) {
    assertThat(state.endsWithHalfClose(false)).isEqualTo(ends);
    assertThat(state.endsWithHalfClose(true)).isEqualTo(endsEventStream);
  }

  /** Columns: answered, sent, unread, reused, draining; repeatable, retried; retry, error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          false | true  | false | true  | false | true  | false | true  | H13
          false | true  | false | true  | false | true  | true  | false | H13
          false | true  | false | false | false | true  | false | false | H13
          false | true  | false | false | true  | true  | true  | true  | H13
          false | true  | false | true  | true  | false | false | false | H13
          false | true  | false | true  | false | false | false | false | H13
          false | true  | true  | true  | false | false | false | true  | H13
          false | false | false | true  | false | false | false | false | H18
          true  | true  | false | true  | true  | true  | false | false | H18
          """)
  void a_request_is_sent_again_only_if_that_is_safe(ArgumentsAccessor row) {
    var closed =
        new RequestState.Closed(
            row.getBoolean(0),
            row.getBoolean(1),
            row.getBoolean(2),
            row.getBoolean(3),
            row.getBoolean(4));
    boolean retries = closed.mayRetry(row.getBoolean(5), row.getBoolean(6));
    assertThat(retries).isEqualTo(row.getBoolean(7));
    assertThat(closed.error()).hasToString(row.getString(8));
  }

  @Test
  void the_check_interval_is_a_tenth_of_the_shortest_timeout() {
    assertThat(Timeouts.DEFAULT.checkInterval()).isEqualTo(Duration.ofMillis(200));
    assertThat(Timeouts.of(Duration.ofMillis(20), Duration.ZERO).checkInterval())
        .isEqualTo(Duration.ofMillis(10));
  }
}
