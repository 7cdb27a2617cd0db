package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  private final BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();

  @Test
  void an_exception_of_a_task_is_reported_and_the_next_task_runs() throws Exception {
    var ran = new CountDownLatch(1);
    var failure = new OutOfMemoryError("unable to create native thread");
    try (var loop = new EventLoop()) {
      loop.post(
          () -> Thread.currentThread().setUncaughtExceptionHandler((_, t) -> reported.add(t)));
      loop.post(() -> {
        throw failure;
      });
      loop.post(ran::countDown);

      assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(reported.poll(30, TimeUnit.SECONDS)).isSameAs(failure);
    }
  }
}
