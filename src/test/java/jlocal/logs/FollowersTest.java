package jlocal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;

class FollowersTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));
  private static final Source WORKER =
      new Source.App(new InstanceName(new ProcessType("worker"), 1));

  private final Followers followers = new Followers();
  private final Followed all = new Followed(_ -> true);
  private final Followed worker = new Followed(WORKER::equals);
  private long now;

  @Test
  void some_thousand_lines_a_second_come_whole_to_ten_followers() {
    var ten = Stream.generate(() -> new Followed(_ -> true)).limit(10).toList();
    ten.forEach(followers::add);
    for (int i = 0; i < 16_000; i++) {
      now += TimeUnit.MICROSECONDS.toNanos(250);
      say(WEB, "x".repeat(100) + i + "\n");
    }
    for (Followed each : ten) {
      assertThat(each.calls()).hasSize(16_000).noneMatch(call -> call.contains("missed"));
    }
  }

  @Test
  void in_a_flood_each_follower_gets_a_part_and_the_number_of_dropped_lines() {
    followers.add(all);
    int lines = flood();
    int given = 0;
    int missed = 0;
    for (String call : all.calls()) {
      if (call.startsWith("web.1: ")) given++;
      else missed += Integer.parseInt(call.substring("web.1 missed ".length()));
    }
    assertThat(given + missed).isEqualTo(lines);
    assertThat(given * 1000L).isBetween(Followers.TOGETHER / 2, Followers.TOGETHER);
  }

  @Test
  void a_flood_drowns_no_other_source() {
    followers.add(all);
    followers.add(worker);
    flood();
    say(WORKER, "1\n");
    flood();
    say(WORKER, "2\n");
    assertThat(all.calls()).contains("worker.1: 1", "worker.1: 2");
    assertThat(worker.calls()).containsExactly("worker.1: 1", "worker.1: 2");
  }

  @Test
  void a_source_without_a_follower_costs_nothing() {
    followers.add(worker);
    flood();
    followers.add(all);
    say(WEB, "1\n");
    assertThat(all.calls()).containsExactly("web.1: 1");
  }

  @Test
  void a_line_that_lost_its_beginning_is_left_out_to_its_end() {
    followers.add(worker);
    for (int i = 0; i < 5000; i++) say(WORKER, "x".repeat(999) + i + "\n");
    begin(WORKER, "lost, ");
    now += TimeUnit.HOURS.toNanos(1);
    begin(WORKER, "lost as well, ");
    say(WORKER, "the end of it\nnext\n");
    assertThat(worker.calls()).last().isEqualTo("worker.1: next");
    assertThat(worker.calls()).noneMatch(call -> call.contains("lost") || call.contains("end"));
    assertThat(worker.calls().get(worker.calls().size() - 2)).isEqualTo("worker.1 missed 1");
  }

  /** A tenth of a second long. */
  private int flood() {
    int lines = 20_000;
    for (int i = 0; i < lines; i++) {
      now += TimeUnit.MICROSECONDS.toNanos(5);
      say(WEB, "x".repeat(990) + "%09d\n".formatted(i));
    }
    return lines;
  }

  private void say(Source source, String text) {
    followers.lines(source, buffer(text), now);
  }

  private void begin(Source source, String text) {
    followers.partial(source, buffer(text), now);
  }

  private static ByteBuffer buffer(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return LogBuffers.allocate(bytes.length).put(bytes).flip();
  }
}
