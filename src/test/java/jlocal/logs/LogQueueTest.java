package jlocal.logs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jlocal.ansi.ByteScan;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogQueueTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));
  private static final Source WORKER =
      new Source.App(new InstanceName(new ProcessType("worker"), 1));
  private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

  private final LogQueue queue = new LogQueue(4096, _ -> true);
  private final Recorder reader = new Recorder();

  @Test
  void a_fast_reader_gets_all_lines_in_order() throws InterruptedException {
    say(WEB, "1\n2\n");
    begin(WORKER, "a");
    queue.stalled(WORKER);
    say(WORKER, "b\n");
    assertThat(queue.deliverTo(reader)).isTrue();
    assertThat(reader.calls())
        .containsExactly("web.1: 1", "web.1: 2", "worker.1… a", "worker.1 stalled", "worker.1: b");
  }

  @Test
  void dropped_lines_are_counted_where_they_are_missing() throws InterruptedException {
    String line = "x".repeat(999);
    for (int i = 0; i < 6; i++) say(WEB, line + "\n" + i + "\n");
    queue.deliverTo(reader);
    say(WEB, "later\n");
    queue.deliverTo(reader);
    var expected = new ArrayList<String>();
    for (int i = 0; i < 3; i++) expected.addAll(List.of("web.1: " + line, "web.1: " + i));
    expected.addAll(List.of("manager: … 6 lines skipped", "web.1: later"));
    assertThat(reader.calls()).isEqualTo(expected);
  }

  @Test
  void a_line_without_its_end_is_ended_and_one_without_its_beginning_is_dropped()
      throws InterruptedException {
    begin(WEB, "one, ");
    say(WORKER, "y".repeat(3800) + "\n");
    begin(WORKER, "z".repeat(500));
    say(WEB, "z".repeat(500) + "\n");
    queue.deliverTo(reader);
    say(WORKER, "end of z\nnext\n");
    say(WEB, "two\n");
    queue.deliverTo(reader);
    assertThat(reader.calls())
        .containsExactly(
            "web.1… one, ",
            "worker.1: " + "y".repeat(3800),
            "web.1: ",
            "manager: … 2 lines skipped",
            "worker.1: next",
            "web.1: two");
  }

  @Test
  void dropped_lines_are_reported_even_if_nothing_follows() throws InterruptedException {
    say(WEB, "x".repeat(5000) + "\n");
    queue.deliverTo(reader);
    assertThat(reader.calls()).containsExactly("manager: … 1 line skipped");
  }

  @Test
  void a_burst_of_some_thousand_lines_is_not_dropped() throws InterruptedException {
    var large = new LogQueue(1024 * 1024, _ -> true);
    String line = "x".repeat(100);
    for (int i = 0; i < 4000; i++) large.lines(WEB, buffer(line + i + "\n"));
    large.deliverTo(reader);
    assertThat(reader.calls()).hasSize(4000).noneMatch(call -> call.contains("skipped"));
  }

  @Test
  void a_flood_is_delivered_in_part_with_the_number_of_dropped_lines() throws Exception {
    int size = 1024 * 1024;
    var large = new LogQueue(size, _ -> true);
    long began = System.nanoTime();
    var all = CompletableFuture.runAsync(() -> giveAll(large), THREADS);
    int lines = 50_000;
    for (int i = 0; i < lines; i++) large.lines(WEB, buffer("x".repeat(990) + i + "\n"));
    large.close();
    all.get(60, SECONDS);
    double seconds = (System.nanoTime() - began) / 1e9;
    int given = 0;
    int skipped = 0;
    for (String call : reader.calls()) {
      if (call.startsWith("web.1: ")) given++;
      else skipped += Integer.parseInt(call.split(" ", -1)[2]);
    }
    assertThat(given + skipped).isEqualTo(lines);
    assertThat(given * 990.0).isLessThan(LogQueue.RATE * seconds + 3 * size);
  }

  @Test
  void lines_queued_during_a_delivery_are_left_for_the_next_one() throws InterruptedException {
    say(WEB, "1\n");
    queue.deliverTo(
        new Recorder() {
          @Override
          public void lines(Source source, ByteBuffer wholeLines) {
            say(WEB, "more\n");
          }
        });
    queue.deliverTo(reader);
    assertThat(reader.calls()).containsExactly("web.1: more");
  }

  @Test
  void a_flood_drops_no_line_of_another_source() throws InterruptedException {
    for (int i = 0; i < 100; i++) say(WEB, "x".repeat(500) + "\n");
    say(WORKER, "1\n");
    for (int i = 0; i < 100; i++) say(WEB, "x".repeat(500) + "\n");
    say(WORKER, "2\n");
    queue.deliverTo(reader);
    assertThat(reader.calls()).contains("worker.1: 1", "worker.1: 2");
  }

  @Test
  void a_slow_reader_delays_no_writer_and_uses_no_more_memory() throws InterruptedException {
    for (int i = 0; i < 1_000_000; i++) say(WEB, "line " + i + "\n");
    queue.close();
    while (queue.deliverTo(reader)) assertThat(reader.calls()).hasSizeLessThan(100);
    assertThat(reader.calls()).startsWith("web.1: line 0").last().asString().endsWith(" skipped");
    int seen = reader.calls().size() - 1;
    assertThat(reader.calls().getLast())
        .isEqualTo("manager: … " + (1_000_000 - seen) + " lines skipped");
  }

  @Test
  void a_reader_waits_until_there_is_a_line_or_the_queue_is_closed() throws Exception {
    var given = CompletableFuture.supplyAsync(() -> give(), THREADS);
    say(WEB, "1\n");
    assertThat(given.get(30, SECONDS)).isTrue();
    var last = CompletableFuture.supplyAsync(() -> give(), THREADS);
    queue.close();
    assertThat(last.get(30, SECONDS)).isFalse();
    assertThat(reader.calls()).containsExactly("web.1: 1");
  }

  private void giveAll(LogQueue from) {
    try {
      while (from.deliverTo(reader)) {}
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean give() {
    try {
      return queue.deliverTo(reader);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void say(Source source, String text) {
    queue.lines(source, buffer(text));
  }

  private void begin(Source source, String text) {
    queue.partial(source, buffer(text));
  }

  private static ByteBuffer buffer(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteScan.buffer(bytes.length).put(bytes).flip();
  }
}
