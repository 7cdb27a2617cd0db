package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalInputTest {
  private final List<String> heard = new ArrayList<>();

  private void hear(String line) {
    TerminalInput.read(
        line,
        keys -> heard.add(HexFormat.of().formatHex(keys)),
        (rows, columns) -> heard.add(rows + "x" + columns));
  }

  @Test
  void every_byte_arrives() {
    hear(TerminalInput.typed(new byte[] {0, 3, '\n', (byte) 0xff}));
    hear(TerminalInput.resized(24, 80));

    assertThat(heard).containsExactly("00030aff", "24x80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "{}", "{\"v\":1,\"keys\":\"*\"}", "{\"v\":1,\"rows\":1}"})
  void invalid_lines_are_ignored(String line) {
    hear(line);

    assertThat(heard).isEmpty();
  }
}
