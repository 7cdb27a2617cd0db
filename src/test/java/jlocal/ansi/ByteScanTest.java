package jlocal.ansi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteScanTest {
  /** Tries each byte alone, between neighbours from which carries and borrows could spread. */
  @Test
  void every_byte_is_marked_or_not_whatever_its_neighbours() {
    for (int b = 0; b < 256; b++) {
      for (int neighbour :
          new int[] {0, 0x1f, 0x20, 'a', 0x7e, 0x7f, 0x80, 0xc1, 0xc2, 0xc3, 0xff}) {
        long word = (neighbour * 0x0101010101010101L & ~0xff0000L) | (long) b << 16;
        boolean marked = (ByteScan.special(word) & 0x800000L) != 0;
        boolean special = b < 0x20 || b == 0x7f || b == 0xc2;
        assertThat(marked).as("%x among %x", b, neighbour).isEqualTo(special);
        assertThat(ByteScan.isSpecial((byte) b)).isEqualTo(special);
        assertThat((ByteScan.equal(word, (byte) 0xc2) & 0x800000L) != 0).isEqualTo(b == 0xc2);
      }
    }
  }

  @Test
  void finds_what_a_plain_loop_finds() {
    var random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] text = new byte[random.nextInt(40)];
      String alphabet = "ab\t\nc\033\302é";
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) alphabet.charAt(random.nextInt(random.nextBoolean() ? 2 : 8));
      }
      int from = random.nextInt(text.length + 1);
      var buffer = ByteScan.buffer(text.length).put(0, text);
      assertThat(ByteScan.afterLine(buffer, from, text.length)).isEqualTo(afterLine(text, from));
      assertThat(ByteScan.afterLastLine(buffer, from, text.length))
          .isEqualTo(afterLast(text, from));
      assertThat(ByteScan.firstSpecial(buffer, from, text.length)).isEqualTo(special(text, from));
    }
  }

  @Test
  void finds_the_first_escape_wherever_it_stands() {
    var random = new Random(7);
    byte[] text = new byte[1500];
    var buffer = ByteScan.buffer(text.length);
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(text);
      for (int i = 0; i < text.length; i++) if (text[i] == 0x1b) text[i] = 0x1a;
      for (int i = random.nextInt(3); i > 0; i--) text[random.nextInt(text.length)] = 0x1b;
      int from = random.nextInt(text.length);
      int end = from + random.nextInt(text.length - from + 1);
      int first = from;
      while (first < end && text[first] != 0x1b) first++;
      buffer.put(0, text);
      assertThat(ByteScan.firstEscape(buffer, from, end)).isEqualTo(first);
    }
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "0, ''",
    "1, a",
    "0, \u00c3",
    "2, \u00c3\u00a9",
    "1, a\u00e2",
    "1, a\u00e2\u0082",
    "4, a\u00e2\u0082\u00ac",
    "0, \u00f0\u009f\u00a6",
    "4, \u00f0\u009f\u00a6\u008a",
    "4, \u0080\u0080\u0080\u0080",
    "1, \u00ff",
    "2, \u00c3a",
    "5, a\u00a9\u00a9\u00a9\u00a9"
  })
  void never_ends_inside_a_character(int whole, String latin1) {
    byte[] text = latin1.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer buffer = ByteScan.buffer(text.length).put(0, text);
    assertThat(ByteScan.wholeCharacters(buffer, 0, text.length)).isEqualTo(whole);
  }

  private static int afterLine(byte[] text, int from) {
    for (int i = from; i < text.length; i++) if (text[i] == '\n') return i + 1;
    return text.length;
  }

  private static int afterLast(byte[] text, int from) {
    for (int i = text.length; i > from; i--) if (text[i - 1] == '\n') return i;
    return from;
  }

  private static int special(byte[] text, int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] != '\t' && ByteScan.isSpecial(text[i])) return i;
    }
    return text.length;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "\n",
        "a\n",
        "\n\n\n\n\n\n\n\n\n",
        "abcdefg\nabcdefgh\nx\ny",
        "\u000b\n\u000b\n"
      })
  void line_feeds_are_counted(String text) {
    var in = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(ByteScan.lines(in, 0, in.limit()))
        .isEqualTo((int) text.chars().filter(c -> c == '\n').count());
  }
}
