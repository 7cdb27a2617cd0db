package jlocal.terminal;

import static jlocal.terminal.Painted.PLAIN;
import static jlocal.terminal.Painted.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A child's output cannot affect the terminal, others' lines, or its own next line. */
class LineSafetyTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("blank line", "", ""),
        arguments("tab", "a\tb", "a\tb"),
        arguments("text of many alphabets", "zażółć 日本 🦊 £°é", "zażółć 日本 🦊 £°é"),
        arguments("CRLF", "a\r", "a"),
        arguments("several CR before LF", "a\r\r", "a"),
        arguments("bell", "a\007b", "a^Gb"),
        arguments("NUL", "a\000b", "a^@b"),
        arguments("backspace", "ab\b", "ab^H"),
        arguments("DEL", "a\177b", "a^?b"),
        arguments("form feed in a long line", "0123456789abcdef\f", "0123456789abcdef^L"));
  }

  static Stream<Arguments> sequences() {
    return Stream.of(
        arguments("cursor up", "a\033[2Ab", "ab"),
        arguments("cursor to a place", "a\033[1;1Hb", "ab"),
        arguments("clear screen", "\033[2J\033[Ha", "a"),
        arguments("alternate screen", "\033[?1049ha\033[?1049l", "a"),
        arguments("bracketed paste", "\033[?2004ha", "a"),
        arguments("private m", "\033[>4;2ma", "a"),
        arguments("title ended by BEL", "\033]0;evil\007a", "a"),
        arguments("title ended by ST", "\033]2;evil\033\\a", "a"),
        arguments("hyperlink", "\033]8;;http://x/\033\\a\033]8;;\033\\", "a"),
        arguments("screen's title", "\033kevil\033\\a", "a"),
        arguments("DCS", "\033P1$r\033\\a", "a"),
        arguments("APC", "\033_Gf=1;x\033\\a", "a"),
        arguments("PM", "\033^x\033\\a", "a"),
        arguments("SOS", "\033Xx\033\\a", "a"),
        arguments("a string never ended", "a\033]0;b", "a"),
        arguments("a string cut by another sequence", "\033]0;b\033[31ma", "a"),
        arguments("charset", "\033(Ba", "a"),
        arguments("full reset", "\033ca", "a"),
        arguments("save and restore cursor", "\0337a\0338", "a"),
        arguments("ESC at the end", "a\033", "a"),
        arguments("two ESC", "\033\033[2Ja", "a"),
        arguments("CSI cut by a letter of UTF-8", "\033[3éa", "éa"),
        arguments("C1 CSI", "\u009b2Ja", "a"),
        arguments("C1 OSC ended by C1 ST", "\u009d0;evil\u009ca", "a"),
        arguments("C1 next line", "a\u0085b", "ab"),
        arguments("colour without colours", "\033[1;31mred\033[0m", "red"));
  }

  static Stream<Arguments> redraws() {
    return Stream.of(
        arguments("a bar redrawn by CR", "1%\r50%\r100%", "100%"),
        arguments("a bar that ends with CR", "1%\r100%\r", "100%"),
        arguments("a bar that begins with CR", "\r1%\r100%", "100%"),
        arguments("a bar erased", "1%\r\033[K", ""),
        arguments("a bar erased before each state", "1%\r\033[K100%", "100%"),
        arguments("a spinner of Node", "\033[2K\033[1G-\033[2K\033[1Gdone", "done"),
        arguments("colour after the last CR", "1%\r\033[0m", "1%"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"texts", "sequences", "redraws"})
  void output_stays_within_its_line(String what, String written, String shown) {
    var log = new Painted(PLAIN, WEB).lines(WEB, written + "\nnext\n");
    assertThat(log.text()).as(what).isEqualTo("web.1 | " + shown + "\nweb.1 | next\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"texts", "sequences", "redraws"})
  void output_in_pieces_stays_within_its_line(String what, String written, String shown) {
    var log = new Painted(PLAIN, WEB);
    written.codePoints().forEach(c -> log.partial(WEB, Character.toString(c)));
    log.lines(WEB, "\nnext\n");
    assertThat(log.text()).as(what).isEqualTo("web.1 | " + shown + "\nweb.1 | next\n");
  }
}
