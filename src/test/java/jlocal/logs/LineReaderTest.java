package jlocal.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import jlocal.Await;
import jlocal.formation.InstanceName;
import jlocal.os.WrittenPipe;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the beginning of a line is shown. */
@Timeout(60)
class LineReaderTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));
  private static final long HOUR = Duration.ofHours(1).toNanos();

  @Test
  void time_spent_in_sinks_does_not_count_as_a_pause_of_the_child() throws Exception {
    var child = WrittenPipe.open();
    var reader = new LineReader(WEB, child.source(), false, new SinkDispatcher(List.of()));
    for (int piece = 0; piece < 2; piece++) {
      child.sink().write(ByteBuffer.wrap("a li".getBytes(UTF_8)));
      int count = reader.read();
      reader.deliver(count, System.nanoTime() - HOUR); // And the sinks return an hour later.
    }
    var reading = Thread.ofPlatform().start(reader::read);
    Await.until("waits for the child", reader::isIdle, () -> "");
    assertThat(reader.untilDue(System.nanoTime())).isPositive();
    assertThat(reader.untilDue(System.nanoTime() + HOUR)).isNegative();
    child.sink().close();
    reading.join();
    reader.close();
  }

  @Test
  void a_line_that_never_pauses_is_due_after_a_second() throws Exception {
    var child = WrittenPipe.open();
    var recorder = new Recorder();
    var reader = new LineReader(WEB, child.source(), false, new SinkDispatcher(List.of(recorder)));
    long began = System.nanoTime() + HOUR;
    for (int milli = 0; milli < 1000; milli += 20) {
      long now = began + Duration.ofMillis(milli).toNanos();
      child.sink().write(ByteBuffer.wrap("50%\r".getBytes(UTF_8)));
      reader.deliver(reader.read(), now);
      assertThat(reader.untilDue(now)).isPositive();
    }
    assertThat(reader.untilDue(began + Duration.ofSeconds(1).toNanos())).isZero();
    reader.showUnfinished();
    assertThat(recorder.calls()).containsExactly("web.1… " + "50%\r".repeat(50));
    child.sink().close();
    reader.close();
  }
}
