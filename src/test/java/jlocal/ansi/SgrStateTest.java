package jlocal.ansi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SgrStateTest {
  @ParameterizedTest(name = "{0} leaves {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "31                      | 31",
        "31 32                   | 32",
        "1;31                    | 1;31",
        "31;1                    | 1;31",
        "1 2 22                  | -",
        "31 0                    | -",
        "0;31                    | 31",
        "31;0;32                 | 32",
        "38;5;208                | 38;5;208",
        "38;5;208 1 39           | 1",
        "38;2;1;2;3;4            | 4;38;2;1;2;3",
        "48;2;1;2;3;38;5;9       | 38;5;9;48;2;1;2;3",
        "38:2::255:128:0;1       | 1;38:2::255:128:0",
        "38:2:1:2:3 0            | -",
        "4:3                     | 4:3",
        "21                      | 21",
        "3;4;5;7;8;9             | 3;4;5;7;8;9",
        "3;4;5;7;8;9 23;24;25    | 7;8;9",
        "7;8;9 27;28;29          | -",
        "97;107 39 49            | -",
        "12345678901;31          | 31",
      })
  void remembers_colours_and_attributes(String sequences, String on) {
    var state = new SgrState();
    for (String sequence : sequences.split(" ", -1)) {
      byte[] parameters = sequence.replace("m", "").getBytes(StandardCharsets.US_ASCII);
      state.apply(parameters, parameters.length);
    }
    assertThat(state.isSet()).isEqualTo(on != null);
    if (on == null) return;
    int length = state.write();
    assertThat(new String(state.sequence(), 0, length, StandardCharsets.US_ASCII))
        .isEqualTo("\033[" + on + "m");
  }
}
