package jlocal.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any bytes give a valid result. */
class EnvFuzzTest {
  private static final String[] PIECES = {
    "KEY",
    "B",
    "=",
    ": ",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\\",
    "\\\"",
    "#",
    "\"",
    "'",
    "{",
    "}",
    "[",
    ",",
    "export ",
    "value",
    "\\n",
    "$",
    "<<<<<<< ",
    "=======",
    "\u00A0",
    "é",
    "\0",
    "\u001C",
    "\u0085",
    "\uFEFF",
    "😀",
    "\"a\":",
    "null",
    "1",
  };

  private static final Predicate<String> NAME =
      Pattern.compile("[A-Za-z0-9_.-]+").asMatchPredicate();

  private final Random random = new Random(20_261_121);

  private static Reading<EnvFile> check(byte[] bytes) {
    var reading = EnvFile.parse(bytes, ".env");
    var lines = reading.problems().stream().map(Problem::line).toList();
    assertThat(lines.equals(lines.stream().sorted().toList())).isTrue();
    int line = 0;
    for (var entry : reading.value().assignments()) {
      assertThat(entry.line() >= line).isTrue();
      assertThat(NAME.test(entry.name())).isTrue();
      line = entry.line();
    }
    return reading;
  }

  @Test
  void random_bytes_never_throw() {
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      check(bytes);
    }
  }

  @Test
  void random_pieces_of_env_files_never_throw() {
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      int pieces = random.nextInt(16);
      for (int n = 0; n < pieces; n++) text.append(PIECES[random.nextInt(PIECES.length)]);
      check(text.toString().getBytes(UTF_8));
    }
  }

  @Test
  void a_value_of_20_000_lines_is_one_value() {
    String value = "line\n".repeat(20_000);
    var reading = check(("A=\"" + value + "\"\nB='" + value + "'\nC=1").getBytes(UTF_8));
    assertThat(reading.hasErrors()).isFalse();
    assertThat(reading.value().value("A")).isEqualTo(value);
    assertThat(reading.value().value("B")).isEqualTo(value);
    assertThat(reading.value().assignments().getLast().line()).isEqualTo(40_003);
  }

  /** Quadratic work would take minutes, not a second. */
  @Test
  @Timeout(60)
  void work_is_linear_in_the_size() {
    String[] pieces = {
      "\n",
      "A=\"\n",
      "A='\n",
      "A=\"x\\\"\n",
      "A='\nB=\"x\\\"\n",
      "\"\\",
      "A=\"x\ny\"z\n",
      "export ",
    };
    for (String piece : pieces) {
      String many = piece.repeat(40_000);
      for (String start : new String[] {"", "K=\"", "K='"}) {
        check((start + many).getBytes(UTF_8));
      }
    }
  }
}
