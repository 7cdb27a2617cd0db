package jlocal.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jlocal.terminal.Painted.WEB;
import static jlocal.terminal.Painted.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Random;
import jlocal.logs.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2026-11-21T12:00:01.007Z");
  private final JsonLines json =
      new JsonLines(new OutputBuffer(4096, Channels.newChannel(written), () -> {}), () -> now);

  @Test
  void a_line_is_an_object() {
    lines(WEB, "one\n\n");
    now = now.plusMillis(999);
    lines(Source.MANAGER, "two\n");
    now = now.plusMillis(1);
    lines(Source.ROUTER, "three\n");
    assertThat(text())
        .isEqualTo(
            """
            {"time":"2026-11-21T12:00:01.007Z","source":"web.1","stream":"app","text":"one"}
            {"time":"2026-11-21T12:00:01.007Z","source":"web.1","stream":"app","text":""}
            {"time":"2026-11-21T12:00:02.006Z","source":"manager","stream":"manager","text":"two"}
            {"time":"2026-11-21T12:00:02.007Z","source":"router","stream":"router","text":"three"}
            """);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "quote            | a \"b\" and more text  | a \\\"b\\\" and more text",
        "backslash        | C:\\dir                | C:\\\\dir",
        "tab              | a\tb                   | a\\tb",
        "colour           | a\033[31mred           | a\\u001b[31mred",
        "DEL              | a\177b                 | a\177b",
        "CR before LF     | `a\r`                  | a",
        "progress         | 1%\r2%                 | 1%\\r2%",
        "alphabets        | żółć £ 日本 🦊 abcdefgh | żółć £ 日本 🦊 abcdefgh",
        "lone bytes       | a\u00ff\u0080b         | a\\\\xff\\\\x80b",
        "overlong         | \u00c0\u00af           | \\\\xc0\\\\xaf",
        "a surrogate      | \u00ed\u00a0\u0080     | \\\\xed\\\\xa0\\\\x80",
        "too high         | \u00f4\u0090\u0080\u0080 | \\\\xf4\\\\x90\\\\x80\\\\x80",
        "cut short        | \u00e2\u0082           | \\\\xe2\\\\x82",
      })
  void text_is_escaped(String what, String line, String escaped) {
    boolean bytes = line.chars().allMatch(c -> c < 256) && !line.contains("£");
    json.lines(
        WEB, Painted.buffer(bytes ? Painted.latin1(line + "\n") : (line + "\n").getBytes(UTF_8)));
    assertThat(text()).as(what).endsWith("\"text\":\"" + escaped + "\"}\n");
  }

  @Test
  void a_line_that_pauses_is_one_object_unless_it_stalls() {
    partial(WEB, "Na");
    lines(WORKER, "tick\n");
    partial(WEB, "me? ");
    lines(WEB, "Ann\n");
    partial(WEB, "Age? ");
    json.stalled(WEB);
    json.stalled(WEB);
    lines(WEB, "7\n");
    assertThat(text().lines().map(line -> line.substring(line.indexOf("\"text\"") + 7)))
        .containsExactly("\"tick\"}", "\"Name? Ann\"}", "\"Age? \",\"partial\":true}", "\"7\"}");
  }

  @Test
  void a_very_long_line_is_split() {
    String piece = "#".repeat(50_000);
    for (int i = 0; i < 3; i++) partial(WEB, piece);
    lines(WEB, "end\n");
    assertThat(text().lines().map(line -> line.contains("\"partial\":true")))
        .containsExactly(true, false);
    assertThat(text().chars().filter(c -> c == '#')).hasSize(150_000);
  }

  @Test
  void any_bytes_become_complete_objects_in_utf_8() throws CharacterCodingException {
    var random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] line = new byte[random.nextInt(40) + 1];
      random.nextBytes(line);
      for (int b = 0; b < line.length; b++) if (line[b] == '\n') line[b] = '"';
      line[line.length - 1] = '\n';
      json.lines(WEB, Painted.buffer(line));
    }
    json.flush();
    String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(written.toByteArray())).toString();
    assertThat(text.lines())
        .hasSize(2_000)
        .allMatch(
            line -> line.matches("\\{.*\"text\":\"([^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\rtu])*\"}"));
  }

  private void lines(Source source, String text) {
    json.lines(source, Painted.buffer(text.getBytes(UTF_8)));
  }

  private void partial(Source source, String text) {
    json.partial(source, Painted.buffer(text.getBytes(UTF_8)));
  }

  private String text() {
    json.flush();
    return written.toString(UTF_8);
  }
}
