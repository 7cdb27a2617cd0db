package jlocal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import jlocal.ansi.ByteScan;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogHistoryTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));
  private static final Source WORKER =
      new Source.App(new InstanceName(new ProcessType("worker"), 1));

  @Test
  void keeps_the_last_lines_of_each_source() {
    var history = new LogHistory(10);
    say(history, WEB, "1\n2\n3\n");
    for (int i = 0; i < 5000; i++) say(history, WORKER, "flood " + i + "\n");
    say(history, WEB, "4\n");
    assertThat(history.last(WEB, 3)).containsExactly("2", "3", "4");
    assertThat(history.last(WORKER, 2)).containsExactly("flood 4998", "flood 4999");
    assertThat(history.last(Source.ROUTER, 2)).isEmpty();
  }

  @Test
  void returns_plain_text() {
    var history = new LogHistory(10);
    say(history, WEB, "\033[31mred\033[0m\n1%\r100%\r\n\033]0;title\007bell\007\n\n");
    assertThat(history.last(WEB, 9)).containsExactly("red", "100%", "bell^G", "");
  }

  @Test
  void returns_colours_that_continue_from_line_to_line() {
    var history = new LogHistory(10);
    say(history, WEB, "\033[1;31mred\nstill\033[2J\033[0m not\n\033[mplain\007\n");
    assertThat(history.lastInColor(WEB, 9))
        .containsExactly("\033[1;31mred", "\033[1;31mstill\033[0m not", "\033[mplain^G");
  }

  @Test
  void colours_that_are_never_reset_do_not_pile_up() {
    var history = new LogHistory(10);
    say(history, WEB, "\033[31m\033[32m.\n".repeat(800));
    assertThat(history.lastInColor(WEB, 800)).allMatch(line -> line.length() < 300);
  }

  @Test
  void a_follower_gets_old_and_new_lines_without_a_gap() throws InterruptedException {
    var history = new LogHistory(4);
    var queue = new LogQueue(4096, _ -> true);
    var seen = new Recorder();
    say(history, WEB, "1\n2\n3\n");
    begin(history, WORKER, "a");
    history.follow(queue).replay(0, 9, null, seen, seen);
    say(history, WORKER, "b\n");
    say(history, WEB, "4\n");
    history.unfollow(queue);
    say(history, WEB, "5\n");
    queue.deliverTo(seen);
    assertThat(seen.calls())
        .containsExactly(
            "web.1: 1", "web.1: 2", "web.1: 3", "worker.1… a", "worker.1: b", "web.1: 4");
  }

  @Test
  void an_unfinished_line_comes_last() {
    var history = new LogHistory(10);
    say(history, WEB, "1\n");
    begin(history, WEB, "Na");
    begin(history, WEB, "me?");
    assertThat(history.last(WEB, 2)).containsExactly("1", "Name?");
    say(history, WEB, " Ann\n");
    assertThat(history.last(WEB, 2)).containsExactly("1", "Name? Ann");
  }

  @Test
  void replays_the_app_in_order_with_whole_lines() {
    var history = new LogHistory(4);
    say(history, WEB, "1\n");
    begin(history, WEB, "2");
    say(history, WORKER, "a\nb\n");
    say(history, WEB, ", rest\n3\n");
    begin(history, WORKER, "c");
    assertThat(replay(history))
        .containsExactly(
            "web.1: 1", "worker.1: a", "worker.1: b", "web.1: 2, rest", "web.1: 3", "worker.1… c");
  }

  @Test
  void a_flood_of_one_source_keeps_the_lines_of_others_in_order() {
    var history = new LogHistory(LogHistory.LINES);
    say(history, WEB, "first\n");
    say(history, Source.MANAGER, "web.1 is up\n");
    for (int i = 0; i < 30_000; i++) {
      say(history, WORKER, "line " + i + " of thirty thousand, so that bytes run out\n");
      if (i == 29_000) say(history, WEB, "second\n");
    }
    List<String> all = replay(history);
    assertThat(all)
        .startsWith("web.1: first", "manager: web.1 is up")
        .hasSize(3 + LogHistory.LINES);
    assertThat(
            all.stream()
                .filter(line -> line.startsWith("worker"))
                .map(line -> line.split(" ", -1)[2]))
        .containsExactlyElementsOf(
            IntStream.range(28_500, 30_000).mapToObj(Integer::toString).toList());
    int second = all.indexOf("web.1: second");
    assertThat(all.get(second - 1)).startsWith("worker.1: line 29000 ");
    assertThat(all.get(second + 1)).startsWith("worker.1: line 29001 ");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void lines_of_many_sources_are_in_the_order_in_which_they_ended(long seed) {
    var random = new Random(seed);
    var history = new LogHistory(100);
    var ended = new ArrayList<String>();
    var begun = new HashMap<Source, String>();
    for (int i = 0; i < 20_000; i++) {
      Source source = app(1 + random.nextInt(40));
      String text = "x".repeat(random.nextInt(80)) + i;
      if (random.nextInt(3) == 0) {
        begin(history, source, text);
        begun.merge(source, text, String::concat);
      } else {
        say(history, source, text + "\n");
        String before = begun.remove(source);
        ended.add(source + ": " + (before == null ? text : before + text));
      }
    }
    var kept = new ArrayList<String>();
    var counts = new HashMap<String, Integer>();
    for (String line : ended.reversed()) {
      String source = line.substring(0, line.indexOf(':'));
      if (counts.merge(source, 1, Integer::sum) <= 100) kept.addFirst(line);
    }
    assertThat(replay(history)).filteredOn(line -> !line.contains("… ")).isEqualTo(kept);
  }

  @Test
  void a_pattern_matches_the_shown_text_and_the_last_matches_are_replayed() {
    var history = new LogHistory(10);
    say(history, WEB, "a long line \033[31mred\033[0m two\nblue\n\tred \033[1mtwo\n");
    say(history, WORKER, "red two\nred one\n");
    var seen = new Recorder();
    history
        .follow(new LogQueue(0, _ -> true))
        .replay(0, 2, Pattern.compile("red two$"), seen, seen);
    assertThat(seen.calls()).containsExactly("web.1: \tred \033[1mtwo", "worker.1: red two");
  }

  @Test
  void total_memory_is_bounded() {
    var history = new LogHistory(LogHistory.LINES);
    String text = ("y".repeat(999) + "\n").repeat(1000);
    for (int i = 1; i <= 200; i++) say(history, app(i), text);
    long bytes = replay(history).stream().mapToLong(String::length).sum();
    assertThat(bytes).isBetween(8L * 1024 * 1024, 18L * 1024 * 1024);
    assertThat(history.last(app(200), 9999))
        .hasSizeGreaterThan(50)
        .allMatch(l -> l.length() == 999);
  }

  @Test
  void last_lines_are_those_of_the_last_run() {
    var history = new LogHistory(10);
    say(history, WEB, "before\n");
    history.beginRun(WEB);
    assertThat(history.last(WEB, 5)).isEmpty();
    say(history, WEB, "after\n");
    assertThat(history.last(WEB, 5)).containsExactly("after");
    assertThat(replay(history)).containsExactly("web.1: before", "web.1: after");
  }

  @Test
  void part_of_an_endless_line_is_kept_in_bounded_memory() {
    var history = new LogHistory(10);
    String piece = "x".repeat(64 * 1024);
    for (int i = 0; i < 160; i++) begin(history, WEB, piece);
    assertThat(history.last(WEB, 5)).singleElement().asString().hasSize(1024 * 1024);
    say(history, WEB, "\nend\n");
    assertThat(history.last(WEB, 5)).containsExactly("end");
    assertThat(replay(history)).containsExactly("web.1: end");
  }

  @Test
  void a_line_that_lost_its_beginning_is_dropped() {
    var history = new LogHistory(10);
    for (int i = 0; i < 20; i++) {
      begin(history, WEB, "x".repeat(64 * 1024));
      say(history, WORKER, "w" + i + "\n"); // So that the line spans many chunks.
    }
    say(history, WEB, "\nend\n");

    assertThat(history.last(WEB, 5)).containsExactly("end");
    assertThat(replay(history))
        .filteredOn(line -> line.startsWith("web"))
        .containsExactly("web.1: end");
  }

  private static Source app(int index) {
    return new Source.App(new InstanceName(new ProcessType("app"), index));
  }

  private static void say(LogHistory history, Source source, String text) {
    history.lines(source, buffer(text));
  }

  private static void begin(LogHistory history, Source source, String text) {
    history.partial(source, buffer(text));
  }

  private static ByteBuffer buffer(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteScan.buffer(bytes.length).put(bytes).flip();
  }

  private static List<String> replay(LogHistory history) {
    var seen = new Recorder();
    var queue = new LogQueue(0, _ -> true);
    LogSnapshot kept = history.follow(queue);
    history.unfollow(queue);
    kept.replay(0, Integer.MAX_VALUE, null, seen, seen);
    return seen.calls();
  }
}
