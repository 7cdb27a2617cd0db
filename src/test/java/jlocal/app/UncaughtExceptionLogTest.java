package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class UncaughtExceptionLogTest {
  private final ArrayList<String> said = new ArrayList<>();
  private final UncaughtExceptionLog report = new UncaughtExceptionLog(said::add);
  private final Thread thread = new Thread(() -> {}, "manager");

  @Test
  void a_missing_thread_is_reported_in_the_words_of_the_system() {
    report.uncaughtException(
        thread, new OutOfMemoryError("unable to create native thread: possibly out of memory"));

    assertThat(said)
        .containsExactly("thread 'manager' failed: no more processes allowed (see ulimit -u)");
  }

  @Test
  void a_bug_is_reported_with_its_place_and_not_with_its_trace() {
    report.uncaughtException(thread, new IllegalStateException("odd"));

    assertThat(said).hasSize(1);
    assertThat(said.getFirst())
        .startsWith("thread 'manager' failed: java.lang.IllegalStateException: odd at jlocal.app.")
        .endsWith("this is a bug in jlocal, please report it")
        .doesNotContain("\n");
  }

  @Test
  void the_same_failure_in_a_loop_is_not_reported_each_time() {
    for (int i = 0; i < 100; i++) report.uncaughtException(thread, new OutOfMemoryError("heap"));

    assertThat(said).containsExactly("thread 'manager' failed: the system is out of memory");
  }
}
