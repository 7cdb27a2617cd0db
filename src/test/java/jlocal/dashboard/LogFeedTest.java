package jlocal.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jlocal.Await;
import jlocal.formation.InstanceName;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;

/** The log of pages. */
class LogFeedTest {
  private static final Source WEB = new Source.App(new InstanceName(new ProcessType("web"), 1));

  private final LogFeed feed = new LogFeed();

  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(String lines) {
    feed.lines(WEB, buffer(lines));
  }

  /** All lines so far: they are rendered in rounds. */
  private List<String> lines(int count) {
    Await.until(
        count + " lines",
        () -> feed.from(-1, Integer.MAX_VALUE).lines().size() >= count,
        () -> feed.from(-1, Integer.MAX_VALUE));
    return feed.from(-1, Integer.MAX_VALUE).lines().stream().map(LogFeed.Line::text).toList();
  }

  @Test
  void lines_are_numbered_and_keep_their_colours_and_nothing_else() {
    write("\033[31mred\033[0m\033]0;title\007\033[2J\nnext\n");
    assertThat(lines(2)).containsExactly("\033[31mred\033[0m", "next");
    var batch = feed.from(1, 10);
    assertThat(batch.lines()).extracting(LogFeed.Line::number).containsExactly(1L);
    assertThat(batch.lines().getFirst().source()).isEqualTo("web.1");
    assertThat(batch.skipped()).isZero();
  }

  @Test
  void a_line_may_come_in_pieces_and_a_prompt_is_shown_before_it_ends() {
    feed.partial(WEB, buffer("your "));
    feed.partial(WEB, buffer("name? "));
    write("Bob\n");
    feed.partial(WEB, buffer("and now? "));
    feed.stalled(WEB);
    assertThat(lines(2)).containsExactly("your name? Bob", "and now? ");
  }

  @Test
  void the_last_lines_of_a_flood_are_shown_and_the_others_counted() {
    int all = 50_000;
    for (int from = 0; from < all; from += 500) {
      write(
          IntStream.range(from, from + 500).mapToObj(i -> i + "\n").collect(Collectors.joining()));
    }
    List<String> shown = lines(1);
    Await.until("the last line", () -> lines(1).getLast().equals("49999"), () -> shown);
    var end = feed.from(-1, Integer.MAX_VALUE);
    long lines = end.lines().stream().filter(line -> line.source().equals("web.1")).count();
    assertThat(end.skipped()).isPositive().isEqualTo(all - lines);
    assertThat(lines(1)).anyMatch(line -> line.matches("… \\d+ lines skipped: .*"));
  }

  @Test
  void a_slow_page_is_told_what_it_missed() {
    write("0\n1\n2\n3\n4\n5\n");
    lines(6);
    var batch = feed.from(1, 2);
    assertThat(batch.lines()).extracting(LogFeed.Line::text).containsExactly("4", "5");
    assertThat(batch.skipped()).isEqualTo(3);
    assertThat(batch.next()).isEqualTo(6);
  }
}
