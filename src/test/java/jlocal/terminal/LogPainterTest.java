package jlocal.terminal;

import static jlocal.terminal.Painted.COLOR;
import static jlocal.terminal.Painted.PLAIN;
import static jlocal.terminal.Painted.WEB;
import static jlocal.terminal.Painted.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.TimeZone;
import jlocal.logs.Source;
import org.junit.jupiter.api.Test;

class LogPainterTest {
  // The first colour of the palette and the end of all colours, as they go to the terminal.
  private static final String TEAL = "\033[38;5;30m";
  private static final String GOLD = "\033[38;5;136m";
  private static final String OFF = "\033[m";

  @Test
  void each_line_begins_with_its_source() {
    var log = new Painted(PLAIN, WEB, WORKER).lines(WEB, "one\ntwo\n").lines(WORKER, "three\n");
    assertThat(log.text()).isEqualTo("web.1    | one\nweb.1    | two\nworker.1 | three\n");
  }

  @Test
  void a_longer_name_widens_all_later_prefixes() {
    var log = new Painted(PLAIN, WEB).lines(WEB, "a\n").lines(WORKER, "b\n").lines(WEB, "c\n");
    assertThat(log.text()).isEqualTo("web.1 | a\nworker.1 | b\nweb.1    | c\n");
  }

  @Test
  void each_type_has_its_colour_which_ends_before_the_text() {
    var log =
        new Painted(COLOR, WEB, WORKER)
            .lines(WORKER, "a\n")
            .lines(WEB, "b\n")
            .lines(Painted.app("web", 2), "c\n");
    assertThat(log.text())
        .isEqualTo(
            GOLD
                + "worker.1 | "
                + OFF
                + "a\n"
                + TEAL
                + "web.1    | "
                + OFF
                + "b\n"
                + TEAL
                + "web.2    | "
                + OFF
                + "c\n");
  }

  @Test
  void the_time_of_day_precedes_the_name_on_request() {
    var utc = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try {
      var log = new Painted(new LogFormat.Text(false, true, true, false), WEB);
      log.lines(WEB, "a\n").after(1000).lines(WEB, "b\n").after(43_260_000).lines(WEB, "c\n");
      assertThat(log.text())
          .isEqualTo("12:00:01 web.1 | a\n12:00:02 web.1 | b\n00:01:02 web.1 | c\n");
    } finally {
      TimeZone.setDefault(utc);
    }
  }

  @Test
  void without_prefix_only_the_text_is_shown() {
    var log = new Painted(new LogFormat.Text(true, false, false, false), WEB);
    assertThat(log.lines(WEB, "a\n\nb\n").text()).isEqualTo("a\n\nb\n");
  }

  @Test
  void raw_output_is_unchanged() {
    var log = new Painted(new LogFormat.Text(false, false, true, true), WEB);
    String wild = "\033[2J\033]0;title\007 1%\r2%\033[31mred\r\n";
    assertThat(log.lines(WEB, wild).text()).isEqualTo("web.1 | " + wild);
  }

  @Test
  void bytes_that_are_not_utf_8_pass() {
    var log = new Painted(PLAIN, WEB);
    byte[] bytes = Painted.latin1("\377\300\200 \233 \302\n\302 \340\200 0123456789\r\n");
    log.painter().lines(WEB, Painted.buffer(bytes));
    assertThat(log.bytes())
        .isEqualTo(
            Painted.latin1("web.1 | \377\300\200 \233 \302\nweb.1 | \302 \340\200 0123456789\n"));
  }

  @Test
  void a_childs_colours_are_kept_as_written() {
    var log = new Painted(COLOR, WEB).lines(WEB, "a \033[1;31mred\033[0m b\n\033[32mgreen\033[m\n");
    assertThat(log.text())
        .isEqualTo(
            TEAL
                + "web.1 | "
                + OFF
                + "a \033[1;31mred\033[0m b\n"
                + TEAL
                + "web.1 | "
                + OFF
                + "\033[32mgreen\033[m\n");
  }

  @Test
  void colours_end_with_the_line_and_resume_on_the_childs_next_line() {
    var log =
        new Painted(COLOR, WEB)
            .lines(WEB, "\033[1;38;5;208mfire\n")
            .lines(Source.MANAGER, "calm\n")
            .lines(WEB, "more\nless\033[22;39m\nnone\n");
    assertThat(log.text())
        .isEqualTo(
            TEAL
                + "web.1 | "
                + OFF
                + "\033[1;38;5;208mfire"
                + OFF
                + "\n"
                + "\033[38;5;245mmanager | "
                + OFF
                + "calm\n"
                + TEAL
                + "web.1   | "
                + OFF
                + "\033[1;38;5;208mmore"
                + OFF
                + "\n"
                + TEAL
                + "web.1   | "
                + OFF
                + "\033[1;38;5;208mless\033[22;39m\n"
                + TEAL
                + "web.1   | "
                + OFF
                + "none\n");
  }

  @Test
  void a_restarted_child_begins_without_colours() {
    var log = new Painted(COLOR, WEB).lines(WEB, "\033[31mcrash\n").ended(WEB).lines(WEB, "up\n");
    assertThat(log.text()).endsWith(TEAL + "web.1 | " + OFF + "up\n");
  }

  @Test
  void a_partial_line_is_continued_in_place() {
    var log = new Painted(PLAIN, WEB).shown(WEB, "Name").shown(WEB, "? ").lines(WEB, "Ann\nb\n");
    assertThat(log.text()).isEqualTo("web.1 | Name? Ann\nweb.1 | b\n");
  }

  @Test
  void a_partial_line_is_ended_for_others_and_continued_below() {
    var log =
        new Painted(PLAIN, WEB, WORKER)
            .shown(WEB, "Name? ")
            .lines(WORKER, "tick\n")
            .lines(WEB, "Ann\nb\n");
    assertThat(log.text())
        .isEqualTo("web.1    | Name? \nworker.1 | tick\nweb.1    | Ann\nweb.1    | b\n");
  }

  @Test
  void two_partial_lines_never_mix() {
    var log =
        new Painted(PLAIN, WEB, WORKER)
            .shown(WEB, "a")
            .shown(WORKER, "x")
            .shown(WEB, "b")
            .lines(WORKER, "y\n")
            .lines(WEB, "c\n");
    assertThat(log.text())
        .isEqualTo("web.1    | a\nworker.1 | x\nweb.1    | b\nworker.1 | y\nweb.1    | c\n");
  }

  @Test
  void a_partial_line_leaves_no_colour_open() {
    var log = new Painted(COLOR, WEB).shown(WEB, "\033[31mre").lines(WEB, "d\033[0m\n");
    assertThat(log.text())
        .isEqualTo(TEAL + "web.1 | " + OFF + "\033[31mre" + OFF + "\033[31md\033[0m\n");
  }

  @Test
  void a_long_line_keeps_its_sequences_whole_over_pieces() {
    var log = new Painted(COLOR, WEB).shown(WEB, "a\033[3").shown(WEB, "1mb\033]0;ti");
    assertThat(log.lines(WEB, "tle\007c\n").text())
        .isEqualTo(TEAL + "web.1 | " + OFF + "a\033[31mb" + OFF + "\033[31mc" + OFF + "\n");
  }

  @Test
  void a_progress_bar_is_shown_once_a_second_and_at_its_end() {
    var log = new Painted(PLAIN, WEB);
    for (int percent = 0; percent < 100; percent++) {
      log.shown(WEB, percent + "%\r").after(30);
    }
    assertThat(log.lines(WEB, "100%\n").text())
        .isEqualTo("web.1 | 0%\nweb.1 | 34%\nweb.1 | 68%\nweb.1 | 100%\n");
  }

  @Test
  void a_stalled_progress_bar_shows_its_latest_state() {
    var log = new Painted(PLAIN, WEB).shown(WEB, "1%\r").after(150).shown(WEB, "2%\r");
    assertThat(log.text()).isEqualTo("web.1 | 1%");
    assertThat(log.stalled(WEB).text()).isEqualTo("web.1 | 1%\nweb.1 | 2%");
    assertThat(log.lines(WEB, "\n").text()).isEqualTo("web.1 | 1%\nweb.1 | 2%\n");
  }

  @Test
  void progress_bars_of_two_children_are_both_shown_once_a_second() {
    var log = new Painted(COLOR, WEB, WORKER);
    for (int percent = 0; percent < 20; percent++) {
      log.shown(WEB, "\r\033[32m" + percent + "%").lines(WORKER, "").shown(WORKER, "\r" + percent);
      log.after(30);
    }
    log.lines(WEB, "\n").lines(WORKER, "\n");
    assertThat(log.text().lines()).hasSize(4);
    assertThat(log.text()).contains(OFF + "\033[32m19%" + OFF + "\n").endsWith(OFF + "19\n");
  }

  @Test
  void a_progress_bar_longer_than_the_limit_is_shown() {
    String wide = "x".repeat(20_000);
    var log = new Painted(PLAIN, WEB).shown(WEB, "1%").lines(WEB, "\r" + wide + "\n");
    assertThat(log.text()).isEqualTo("web.1 | 1%\nweb.1 | " + wide + "\n");
  }

  @Test
  void a_line_longer_than_the_buffer_is_complete() {
    String text = "0123456789abcde\t".repeat(40_000);
    var log = new Painted(PLAIN, WEB).lines(WEB, "a\n" + text + "\nb\n");
    assertThat(log.text()).isEqualTo("web.1 | a\nweb.1 | " + text + "\nweb.1 | b\n");
    var raw =
        new Painted(new LogFormat.Text(false, false, true, true), WEB).lines(WEB, text + "\nb\n");
    assertThat(raw.text()).isEqualTo("web.1 | " + text + "\nweb.1 | b\n");
  }

  @Test
  void a_flood_of_blank_lines_is_complete() {
    var log = new Painted(PLAIN, WEB).lines(WEB, "\n".repeat(100_000));
    assertThat(log.text()).isEqualTo("web.1 | \n".repeat(100_000));
  }
}
