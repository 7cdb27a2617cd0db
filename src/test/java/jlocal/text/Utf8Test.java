package jlocal.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.stream.Stream;
import jlocal.problem.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Utf8Test {
  private static Reading<String> decode(String text, Charset charset) {
    return Utf8.decode(text.getBytes(charset), ".env");
  }

  private static String problem(byte[] bytes) {
    var reading = Utf8.decode(bytes, ".env");
    assertThat(reading.value()).isEmpty();
    assertThat(reading.problems()).hasSize(1);
    return reading.problems().getFirst().toString();
  }

  @Test
  void line_ends_become_line_feeds() {
    assertThat(decode("a\r\nb\n\r\nc", UTF_8).value()).isEqualTo("a\nb\n\nc");
    assertThat(decode("a\rb\r\rc", UTF_8).value()).isEqualTo("a\nb\n\nc");
  }

  @Test
  void a_carriage_return_among_line_feeds_is_left_to_the_grammar() {
    assertThat(decode("a\rb\nc\r\nd", UTF_8).value()).isEqualTo("a\rb\nc\nd");
  }

  @Test
  void other_separators_do_not_end_a_line() {
    var text = "a\u0085b\u2028c\u000Bd\fe";
    assertThat(decode(text, UTF_8)).isEqualTo(new Reading<>(text, java.util.List.of()));
  }

  @Test
  void a_byte_order_mark_is_dropped_once() {
    assertThat(decode("\uFEFFa\uFEFF", UTF_8).value()).isEqualTo("a\uFEFF");
  }

  @Test
  void text_beyond_the_basic_plane_survives() {
    assertThat(decode("ü€😀", UTF_8).value()).isEqualTo("ü€😀");
  }

  static Stream<byte[]> utf16() {
    return Stream.of(
        "\uFEFFA=1\n".getBytes(UTF_16LE),
        "\uFEFFA=1\n".getBytes(UTF_16BE),
        "A=1\n".getBytes(UTF_16LE),
        "A=1\n".getBytes(UTF_16BE));
  }

  @ParameterizedTest
  @MethodSource
  void utf16(byte[] bytes) {
    assertThat(problem(bytes)).isEqualTo(".env:1: error: the file is UTF-16; save it as UTF-8");
  }

  @Test
  void an_invalid_byte_is_reported_with_its_position() {
    assertThat(problem("A=1\n\nB=2\r\nC=3\rD=4\nNAME=Andr\u00e9!\n".getBytes(ISO_8859_1)))
        .isEqualTo(
            ".env:6: error: byte 0xE9 in column 10 is not UTF-8 (Latin-1 file?);"
                + " save the file as UTF-8");
  }

  @Test
  void columns_are_characters() {
    byte[] bytes = "\uFEFFü😀=?".getBytes(UTF_8);
    bytes[bytes.length - 1] = (byte) 0xC3;
    assertThat(problem(bytes)).startsWith(".env:1: error: byte 0xC3 in column 4 is not UTF-8");
  }

  @Test
  void a_surrogate_in_utf8_is_not_utf8() {
    assertThat(problem(new byte[] {'A', (byte) 0xED, (byte) 0xA0, (byte) 0x80}))
        .startsWith(".env:1: error: byte 0xED in column 2 is not UTF-8");
  }

  @Test
  void a_nul_is_reported_with_its_position() {
    assertThat(problem("A=1\nB=2\0\n".getBytes(UTF_8)))
        .isEqualTo(".env:2: error: a NUL byte in column 4; a text file has none");
  }

  @Test
  void no_bytes_are_no_text() {
    assertThat(decode("", UTF_8).value()).isEmpty();
    assertThat(decode("", UTF_8).problems()).isEmpty();
  }
}
