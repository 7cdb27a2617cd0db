package jlocal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));
  private static final Source WORKER =
      new Source.App(new InstanceName(new ProcessType("worker"), 1));

  @Test
  void keeps_the_last_lines_of_each_source() {
    var backlog = new Backlog(10);
    say(backlog, WEB, "1\n2\n3\n");
    for (int i = 0; i < 5000; i++) say(backlog, WORKER, "flood " + i + "\n");
    say(backlog, WEB, "4\n");
    assertThat(backlog.last(WEB, 3)).containsExactly("2", "3", "4");
    assertThat(backlog.last(WORKER, 2)).containsExactly("flood 4998", "flood 4999");
    assertThat(backlog.last(Source.ROUTER, 2)).isEmpty();
  }

  @Test
  void gives_plain_text() {
    var backlog = new Backlog(10);
    say(backlog, WEB, "\033[31mred\033[0m\n1%\r100%\r\n\033]0;title\007bell\007\n\n");
    assertThat(backlog.last(WEB, 9)).containsExactly("red", "100%", "bell^G", "");
  }

  @Test
  void gives_colours_that_go_on_from_line_to_line() {
    var backlog = new Backlog(10);
    say(backlog, WEB, "\033[1;31mred\nstill\033[2J\033[0m not\n\033[mplain\007\n");
    assertThat(backlog.lastInColor(WEB, 9))
        .containsExactly("\033[1;31mred", "\033[1;31mstill\033[0m not", "\033[mplain^G");
  }

  @Test
  void colours_that_are_never_reset_do_not_pile_up() {
    var backlog = new Backlog(10);
    say(backlog, WEB, "\033[31m\033[32m.\n".repeat(800));
    assertThat(backlog.lastInColor(WEB, 800)).allMatch(line -> line.length() < 300);
  }

  @Test
  void a_follower_gets_what_was_and_what_comes_without_a_gap() {
    var backlog = new Backlog(4);
    var seen = new Followed(_ -> true);
    say(backlog, WEB, "1\n2\n3\n");
    begin(backlog, WORKER, "a");
    backlog.follow(seen, 2);
    say(backlog, WORKER, "b\n");
    say(backlog, WEB, "4\n");
    backlog.unfollow(seen);
    say(backlog, WEB, "5\n");
    assertThat(seen.calls())
        .containsExactly("web.1: 2", "web.1: 3", "worker.1… a", "worker.1: b", "web.1: 4");
  }

  @Test
  void an_unfinished_line_is_the_last() {
    var backlog = new Backlog(10);
    say(backlog, WEB, "1\n");
    begin(backlog, WEB, "Na");
    begin(backlog, WEB, "me?");
    assertThat(backlog.last(WEB, 2)).containsExactly("1", "Name?");
    say(backlog, WEB, " Ann\n");
    assertThat(backlog.last(WEB, 2)).containsExactly("1", "Name? Ann");
  }

  @Test
  void replays_the_app_in_order_with_whole_lines() {
    var backlog = new Backlog(4);
    say(backlog, WEB, "1\n");
    begin(backlog, WEB, "2");
    say(backlog, WORKER, "a\nb\n");
    say(backlog, WEB, ", rest\n3\n");
    begin(backlog, WORKER, "c");
    assertThat(replay(backlog, 9))
        .containsExactly("worker.1: a", "worker.1: b", "web.1: 2, rest", "web.1: 3", "worker.1… c");
    assertThat(replay(backlog, 1)).containsExactly("web.1: 3", "worker.1… c");
  }

  @Test
  void replays_the_last_1500_lines_of_a_flood() {
    var backlog = new Backlog(Backlog.LINES);
    for (int i = 0; i < 30_000; i++) {
      Source source = i % 3 == 0 ? WEB : WORKER;
      say(backlog, source, "line " + i + " of one hundred thousand, so that bytes run out\n");
    }
    assertThat(replay(backlog, Backlog.LINES).stream().map(line -> line.split(" ", -1)[2]))
        .containsExactlyElementsOf(
            IntStream.range(28_500, 30_000).mapToObj(Integer::toString).toList());
  }

  @Test
  void an_endless_line_is_kept_in_part_and_in_bounded_memory() {
    var backlog = new Backlog(10);
    String piece = "x".repeat(64 * 1024);
    for (int i = 0; i < 160; i++) begin(backlog, WEB, piece);
    assertThat(backlog.last(WEB, 5)).singleElement().asString().hasSize(16 * 1024);
    say(backlog, WEB, "\nend\n");
    assertThat(backlog.last(WEB, 5)).containsExactly("end");
    assertThat(replay(backlog, 5)).containsExactly("web.1: end");
  }

  @Test
  void without_lines_for_the_app_each_source_still_has_its_last() {
    var backlog = new Backlog(0);
    say(backlog, WEB, "1\n2\n");
    say(backlog, WORKER, "3\n");
    assertThat(backlog.last(WEB, 5)).containsExactly("1", "2");
    assertThat(replay(backlog, 5)).isEmpty();
  }

  private static void say(Backlog backlog, Source source, String text) {
    backlog.lines(source, buffer(text));
  }

  private static void begin(Backlog backlog, Source source, String text) {
    backlog.partial(source, buffer(text));
  }

  private static ByteBuffer buffer(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Room.allocate(bytes.length).put(bytes).flip();
  }

  private static List<String> replay(Backlog backlog, int lines) {
    var seen = new Recorder();
    backlog.replay(lines, seen);
    return seen.calls();
  }
}
