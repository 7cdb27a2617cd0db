package jlocal.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void printable_text_is_unchanged() {
    assertThat(Printable.of("node server.js – größer 😀")).isEqualTo("node server.js – größer 😀");
  }

  @Test
  void a_file_cannot_write_to_the_terminal() {
    assertThat(Printable.of("a\u001b[2Jb\u0007c\td\u009be")).isEqualTo("a\\x1b[2Jb\\x07c\td\\x9be");
    assertThat(Printable.escaped("a\nweb.1 | b\r\u202Ec")).isEqualTo("a\\nweb.1 | b\\r\\u202ec");
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    assertThat(Printable.of("😀".repeat(160))).isEqualTo("😀".repeat(160));
    assertThat(Printable.of("😀".repeat(161))).isEqualTo("😀".repeat(160) + "…");
  }
}
