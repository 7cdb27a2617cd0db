package jlocal.terminal;

import static jlocal.terminal.Painted.WEB;
import static jlocal.terminal.Painted.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFitterTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0123456789ab      | 0123456789ab",
        "0123456789abc     | 0123456789ab",
        "日本語日本語      | 日本語日本語",
        "a日本語日本語     | a日本語日本",
        "żółćżółćżółćż     | żółćżółćżółć",
        "🦊🦊🦊🦊🦊🦊🦊    | 🦊🦊🦊🦊🦊🦊",
        "0123456789ae\u0301f   | 0123456789ae\u0301",
        "a\tb              | a\tb",
        "a\tbcdef          | a\tbcde",
        "0123456789\007b   | 0123456789^G",
        "0123456789a\007   | 0123456789a",
        "0123456789\rabc   | abc",
      })
  void trim_cuts_lines_at_the_width_of_the_terminal(String written, String shown) {
    var log = new Painted(fit(LongLines.Mode.TRIM, 20), WEB).lines(WEB, written + "\nnext\n");
    assertThat(log.text()).isEqualTo("web.1 | " + shown + "\nweb.1 | next\n");
  }

  @Test
  void wrap_continues_below() {
    var log =
        new Painted(fit(LongLines.Mode.WRAP, 20), WEB).lines(WEB, "0123456789abcdef日本語日本語\nb\n");
    assertThat(log.text())
        .isEqualTo("web.1 | 0123456789ab\n        cdef日本語日\n        本語\nweb.1 | b\n");
  }

  @Test
  void colours_end_where_a_line_wraps_and_resume_below() {
    var style =
        new LogFormat.Text(true, false, false, false, new LongLines(LongLines.Mode.WRAP, () -> 10));
    var log = new Painted(style, WEB).lines(WEB, "\033[31m0123456789ab\n");
    assertThat(log.text()).isEqualTo("\033[31m0123456789\033[m\n\033[31mab\033[m\n");
  }

  @Test
  void colours_in_trimmed_text_still_take_effect() {
    var style =
        new LogFormat.Text(true, false, false, false, new LongLines(LongLines.Mode.TRIM, () -> 10));
    var log = new Painted(style, WEB).lines(WEB, "\033[31m0123456789ab\033[0mc\nd\n");
    assertThat(log.text()).isEqualTo("\033[31m0123456789\033[0m\nd\n");
  }

  @Test
  void pieces_of_a_line_are_fitted_like_the_whole() {
    var log = new Painted(fit(LongLines.Mode.WRAP, 20), WEB, WORKER).shown(WEB, "01234567");
    log.lines(WEB, "8901234567\n").shown(WORKER, "0123456789").lines(WEB, "a\n");
    assertThat(log.lines(WORKER, "01234\n").text())
        .isEqualTo(
            """
            web.1    | 012345678
                       901234567
            worker.1 | 012345678
                       9
            web.1    | a
            worker.1 | 01234
            """);
  }

  @Test
  void a_very_narrow_terminal_gets_a_few_letters() {
    var log = new Painted(fit(LongLines.Mode.TRIM, 3), WEB).lines(WEB, "0123456789\n");
    assertThat(log.text()).isEqualTo("web.1 | 01234567\n");
  }

  private static LogFormat.Text fit(LongLines.Mode mode, int columns) {
    return new LogFormat.Text(false, false, true, false, new LongLines(mode, () -> columns));
  }
}
