package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutTest {
  private final StringWriter text = new StringWriter();
  private final Out out = new Out(new PrintWriter(text), false);

  @Test
  void columns_of_a_table_are_as_wide_as_their_widest_cell() {
    out.table(List.of(List.of("NAME", "PID", "STATE"), List.of("web.1", "7", "up")), 1);
    assertThat(text).hasToString("NAME   PID  STATE\nweb.1    7  up\n");
  }

  @Test
  void a_table_without_rows_prints_nothing() {
    out.table(List.of());
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void control_characters_are_escaped_for_people_and_kept_for_programs() {
    out.line("a\033[2Jb");
    out.exact("a\033[2Jb");
    assertThat(text.toString().lines()).containsExactly("a\\x1b[2Jb", "a\033[2Jb");
  }
}
