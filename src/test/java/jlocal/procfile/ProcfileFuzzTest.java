package jlocal.procfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import jlocal.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any bytes give a valid result. */
class ProcfileFuzzTest {
  private static final String[] PIECES = {
    "web",
    "worker",
    ":",
    ": ",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\\",
    "#",
    "=",
    "{",
    "}",
    "[",
    "- ",
    "---",
    "\"",
    "'",
    "node x",
    "KEY=v",
    "<<<<<<< ",
    "=======",
    ">>>>>>> ",
    "{%",
    "\u00A0",
    "é",
    "\0",
    "\u001C",
    "\u0085",
    "\uFEFF",
    "😀",
    "my.worker",
    "export ",
  };

  private final Random random = new Random(20_261_121);

  private static void check(byte[] bytes) {
    var reading = ProcfileParser.parse(bytes, "Procfile");
    assertThat(reading.hasErrors() || !reading.value().entries().isEmpty()).isTrue();
    var lines = reading.problems().stream().map(Problem::line).toList();
    assertThat(lines.equals(lines.stream().sorted().toList())).isTrue();
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
  void random_pieces_of_procfiles_never_throw() {
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      int pieces = random.nextInt(12);
      for (int n = 0; n < pieces; n++) text.append(PIECES[random.nextInt(PIECES.length)]);
      check(text.toString().getBytes(UTF_8));
    }
  }

  /** Quadratic work would take minutes, not a second. */
  @Test
  @Timeout(60)
  void work_is_linear_in_the_size() {
    for (String piece :
        new String[] {"a", " ", ":", "=", "\\\n", "web: x\n", "a b\n", "{", "\t:"}) {
      check(("x" + piece.repeat(40_000)).getBytes(UTF_8));
      check(("web :" + piece.repeat(40_000) + "\n").getBytes(UTF_8));
      check(("A=\"" + piece.repeat(40_000)).getBytes(UTF_8));
    }
  }
}
