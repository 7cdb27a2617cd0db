package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import jlocal.os.ExitStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "3, 2", "4, 4", "5, 8", "6, 16", "7, 30", "8, 30", "1000, 30"})
  void the_first_restart_is_immediate_and_each_next_one_waits_twice_as_long(
      int crashes, int seconds) {
    assertThat(RestartPolicy.delay(crashes).toSeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "NEVER, 0, 1, false",
    "NEVER, 1, 1, false",
    "ON_CRASH, 0, 1, false",
    "ON_CRASH, 1, 1, true",
    "ON_CRASH, 143, 1, true",
    "ON_CRASH, 1, 9, true",
    "ON_CRASH, 1, 10, false",
    "ALWAYS, 0, 1, true",
    "ALWAYS, 0, 10, false",
  })
  void the_policy_decides_what_is_restarted(
      RestartPolicy policy, int code, int neverUp, boolean again) {
    assertThat(policy.restarts(ExitStatus.of(code), neverUp)).isEqualTo(again);
  }
}
