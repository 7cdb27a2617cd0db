package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpawnFailureTest {
  private static IOException refused(int errno) {
    return new IOException(
        "Cannot run program \"sh\"", new IOException("Exec failed, error: " + errno + " (why)"));
  }

  /** ENOENT, E2BIG, ENOEXEC, EACCES; errno(3) */
  @ParameterizedTest
  @ValueSource(ints = {2, 7, 8, 13})
  void permanent_failures_are_final(int errno) {
    assertThat(SpawnFailure.from(refused(errno)).isTemporary()).isFalse();
  }

  /** EAGAIN of Linux and of macOS, ENOMEM, ENFILE, EMFILE, ETXTBSY. */
  @ParameterizedTest
  @ValueSource(ints = {11, 35, 12, 23, 24, 26})
  void a_lack_of_resources_is_temporary(int errno) {
    assertThat(SpawnFailure.from(refused(errno)).isTemporary()).isTrue();
  }
}
