package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalNewlinesTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String shown(TerminalNewlines text, String... pieces) {
    var all = new StringBuilder();
    for (String piece : pieces) {
      all.append(new String(text.of(bytes(piece)), StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  @Test
  void a_line_feed_returns_to_the_first_column() {
    assertThat(shown(new TerminalNewlines(false), "a\nb\r\nc", "\r", "\n"))
        .isEqualTo("a\r\nb\r\nc\r\n");
  }

  @Test
  void on_the_alternate_screen_it_does_not() {
    assertThat(shown(new TerminalNewlines(false), "a\n\033[?10", "49hb\n\033[31m\n\033[?1049lc\n"))
        .isEqualTo("a\r\n\033[?1049hb\n\033[31m\n\033[?1049lc\r\n");
    assertThat(shown(new TerminalNewlines(true), "a\n")).isEqualTo("a\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'', true, true",
    "'', false, false",
    "E[?1049h text, false, true",
    "E[?1049h text E[?1049l, true, false",
    "E[?47h, false, true",
    "E[?1049l E[?1047h, false, true",
  })
  void the_last_switch_of_the_screen_counts(String recent, boolean otherwise, boolean full) {
    byte[] bytes = bytes(recent.replace('E', '\033'));
    assertThat(TerminalNewlines.endsInFullScreen(bytes, otherwise)).isEqualTo(full);
  }
}
