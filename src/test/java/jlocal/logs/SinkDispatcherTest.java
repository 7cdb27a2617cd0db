package jlocal.logs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import jlocal.formation.InstanceName;
import jlocal.os.WrittenPipe;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines that come in pieces, because they are longer than a buffer. */
@Timeout(60)
class SinkDispatcherTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));

  private final Recorder recorder = new Recorder();
  private final WrittenPipe pipe = WrittenPipe.open();
  private SinkDispatcher sinks = new SinkDispatcher(List.of(recorder));
  private LineReader reader = new LineReader(WEB, pipe.source(), false, sinks);

  SinkDispatcherTest() throws IOException {}

  private void longLineTimeout(Duration timeout) {
    sinks = new SinkDispatcher(List.of(recorder), timeout.toNanos());
    reader = new LineReader(WEB, pipe.source(), false, sinks);
  }

  @Test
  void another_line_waits_for_the_end_of_a_long_line() throws Exception {
    longLineTimeout(Duration.ofMinutes(1));
    give("x".repeat(70_000));
    assertThat(reader.isInLongLine()).isTrue();
    var began = new CountDownLatch(1);
    var other =
        CompletableFuture.runAsync(
            () -> {
              began.countDown();
              sinks.run(null, () -> recorder.note("other"));
            },
            task -> Thread.ofPlatform().daemon().start(task));
    began.await();
    give("y\n");
    other.get(20, SECONDS);
    assertThat(recorder.calls().getLast()).isEqualTo("other");
    assertThat(reader.isInLongLine()).isFalse();
  }

  @Test
  void a_long_line_that_does_not_end_is_interrupted_once() throws Exception {
    longLineTimeout(Duration.ofSeconds(1));
    give("x".repeat(70_000));
    long began = System.nanoTime();
    sinks.run(null, () -> recorder.note("first"));
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(1_000_000_000);

    give("x".repeat(70_000));
    assertThat(reader.isInLongLine()).isTrue();
    // A hundred waits would be longer than the test may take.
    for (int i = 0; i < 100; i++) sinks.run(null, () -> {});
  }

  @Test
  void a_failing_task_is_reported_and_the_next_one_runs() {
    var before = Thread.currentThread().getUncaughtExceptionHandler();
    var reported = new CompletableFuture<Throwable>();
    Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> reported.complete(failure));
    try {
      var failure = new IllegalStateException("a sink fails");
      sinks.run(
          null,
          () -> {
            throw failure;
          });
      assertThat(reported).isCompletedWithValue(failure);
      sinks.run(null, () -> recorder.note("next"));
      assertThat(recorder.calls()).containsExactly("next");
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
  }

  private void give(String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
    while (bytes.hasRemaining()) {
      int end = Math.min(bytes.limit(), bytes.position() + 8192);
      pipe.sink().write(bytes.duplicate().limit(end));
      bytes.position(end);
      int count = reader.read();
      sinks.run(reader, () -> reader.deliver(count, System.nanoTime()));
    }
  }
}
