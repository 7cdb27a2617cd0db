package jlocal.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.os.WrittenPipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that a process writes before it erases them. */
@Execution(ExecutionMode.CONCURRENT)
class ErasedLinesTest {
  private static final String CLEAR = "\033[1;1H\033[0J";
  private static final String UP = "\033[?2026h\033[2K\033[1A\033[2K\033[G";
  private static final String SHOW = "\033[?2026l";
  private static final String FRAME = SHOW + UP + "\033[33m%s\033[39m Building\r\n";

  private static final long MILLIS_100 = Duration.ofMillis(100).toNanos();

  static Stream<Arguments> erased() {
    return Stream.of(
        arguments("Vite", "a\n" + "\n".repeat(43) + CLEAR + "\nb\n", "a\n" + CLEAR + "\nb\n"),
        arguments("Vite at its start", "\n".repeat(43) + CLEAR + "b\n", CLEAR + "b\n"),
        arguments("CRLF", "a\r\n\r\n\r\n" + CLEAR + "b\n", "a\r\n" + CLEAR + "b\n"),
        arguments("clear(1)", "\n\n\033[H\033[2J\033[3Jb\n", "\033[H\033[2J\033[3Jb\n"),
        arguments("erased before home", "\n\n\033[2J\033[Hb\n", "\033[2J\033[Hb\n"),
        arguments("full reset", "a\n\n\033cb\n", "a\n\033cb\n"),
        arguments("a hidden cursor", "\n\033[?25l\033[H\033[Jb\n", "\033[?25l\033[H\033[Jb\n"),
        arguments(
            "Angular's spinner",
            "- Building\r\n"
                + SHOW
                + FRAME.formatted("\\")
                + FRAME.formatted("|")
                + FRAME.formatted("ok")
                + SHOW,
            "- Building\r\n" + FRAME.formatted("ok")),
        arguments("a cursor that is shown again", "a\n\033[?25h\033[0m", "a\n"),
        arguments("a sequence that is cut off", "a\n\n\033[", "a\n\n"),
        arguments(
            "a list of tasks",
            "a\nb\n\033[2A\033[Ja1\nb\n\033[2A\033[Ja2\nb1\ndone\n",
            "a\nb\n\033[2A\033[Ja2\nb1\ndone\n"),
        arguments(
            "a list that is overwritten",
            "a\nb\n\033[2A\033[2Ka1\n\033[2Kb\n\033[2A\033[2Ka2\n\033[2Kb2\n",
            "a\nb\n\033[2A\033[2Ka2\n\033[2Kb2\n"),
        arguments(
            "a list that gets longer",
            "a\n\033[1A\033[Ja1\nb\n\033[2A\033[Ja2\nb2\n",
            "a\n\033[1A\033[Ja1\nb\n\033[2A\033[Ja2\nb2\n"),
        arguments("two lines up", "a\n\n\n\n\033[2A\033[Jb\n", "a\n\n\033[2A\033[Jb\n"),
        arguments("twice", "\n\n" + CLEAR + "\n\n" + CLEAR + "b\n", CLEAR + "\n" + CLEAR + "b\n"));
  }

  static Stream<String> kept() {
    return Stream.of(
        "a\n\n\nb\n",
        "\n\n\033[31mred\n",
        "\n\n\033[Ktext\n",
        "\n\n\033[H\033[Ktext\n",
        "a\n\033[1Ab\n\033[1Ac\n",
        "a\n\033[1A\033[1B\033[Kb\n\033[1A\033[1B\033[Kc\n",
        "a\n" + UP + "ok\n" + CLEAR + "b\n",
        "a\n" + UP + "ok\n\033[31mb\n",
        "\n\n\033[5;1H\033[Jtext\n",
        "\n\n\033[Jtext\n",
        "\n\n" + "text" + CLEAR + "\n",
        "\n\n \n\n",
        "\n\n",
        "a\n\n" + "\033[0m".repeat(100) + CLEAR + "b\n",
        "\n".repeat(5000));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("erased")
  void erased_lines_are_not_shown(String what, String written, String given) throws IOException {
    assertThat(through(written, all -> all)).as(what).isEqualTo(given);
    assertThat(through(written, _ -> 1)).as(what).isEqualTo(given);
  }

  @ParameterizedTest
  @MethodSource("kept")
  void other_text_is_not_removed(String written) throws IOException {
    String given = written.endsWith("\n") ? written : written + "\n";
    assertThat(through(written, all -> all)).isEqualTo(given);
    assertThat(through(written, _ -> 1)).isEqualTo(given);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void erased_lines_do_not_depend_on_how_text_is_split(long seed) throws IOException {
    var random = new Random(seed);
    var pieces =
        List.of("\n", "\n", "\n\n\n", CLEAR, "\033c", "text", "\033[32m", "\r\n", "\033[H", "\t");
    var written = new StringBuilder();
    for (int i = 0; i < 3000; i++) written.append(pieces.get(random.nextInt(pieces.size())));
    String text = written.append("\n").toString();

    String given = through(text, most -> 1 + random.nextInt(Math.min(most, 20)));
    assertThat(given).isEqualTo(through(text, all -> all));
    assertThat(visible(given)).isEqualTo(visible(text));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void redrawn_lines_do_not_depend_on_how_text_is_split(long seed) throws IOException {
    var random = new Random(seed);
    var pieces =
        List.of("\n", "\r\n", CLEAR, UP, "\033[2A\033[J", "\033[A", "text\n", "text", "\033[m");
    var written = new StringBuilder();
    for (int i = 0; i < 3000; i++) written.append(pieces.get(random.nextInt(pieces.size())));
    String text = written.append("\n").toString();

    String given = through(text, most -> 1 + random.nextInt(Math.min(most, 20)));
    assertThat(given).isEqualTo(through(text, all -> all));
  }

  @Test
  void redrawn_lines_are_shown_after_a_second_at_most() throws IOException {
    var pipe = WrittenPipe.open();
    var drain = new Bytes();
    var reader =
        new LineReader(Source.MANAGER, pipe.source(), false, new SinkDispatcher(List.of(drain)));
    long now = System.nanoTime();
    write(pipe, "0\n");
    reader.deliver(reader.read(), now);
    for (int frame = 1; frame < 10; frame++) {
      write(pipe, UP + frame + "\n" + SHOW);
      reader.deliver(reader.read(), now + frame * MILLIS_100);
    }
    assertThat(drain.text()).isEqualTo("0\n");
    long due = reader.untilDue(now + 9 * MILLIS_100);
    assertThat(due).isPositive().isLessThanOrEqualTo(2 * MILLIS_100);
    reader.showUnfinished();
    assertThat(drain.text()).isEqualTo("0\n" + SHOW + UP + "9\n");
    assertThat(reader.untilDue(now)).isEqualTo(LineReader.NEVER);
    write(pipe, UP + "10\n");
    reader.deliver(reader.read(), now);
    assertThat(drain.text()).isEqualTo("0\n" + SHOW + UP + "9\n");
  }

  @Test
  void the_end_of_a_partly_shown_line_is_not_erased() throws IOException {
    var pipe = WrittenPipe.open();
    var drain = new Bytes();
    var delivery = new SinkDispatcher(List.of(drain));
    var reader = new LineReader(Source.MANAGER, pipe.source(), false, delivery);
    write(pipe, "Name? ");
    reader.deliver(reader.read(), 0);
    reader.showUnfinished();
    write(pipe, "\n\n\n" + CLEAR + "b\n");
    reader.deliver(reader.read(), 0);
    assertThat(drain.text()).isEqualTo("Name? \n" + CLEAR + "b\n");
  }

  @Test
  void held_back_lines_are_shown_when_nothing_erases_them() throws IOException {
    var pipe = WrittenPipe.open();
    var drain = new Bytes();
    var delivery = new SinkDispatcher(List.of(drain));
    var reader = new LineReader(Source.MANAGER, pipe.source(), false, delivery);
    write(pipe, "a\n\n\n");
    reader.deliver(reader.read(), 0);
    assertThat(drain.text()).isEqualTo("a\n");
    assertThat(reader.untilDue(0)).isLessThan(LineReader.NEVER);
    reader.showUnfinished();
    assertThat(drain.text()).isEqualTo("a\n\n\n");
    assertThat(reader.untilDue(0)).isEqualTo(LineReader.NEVER);
  }

  private static String visible(String text) {
    return Pattern.compile("\033\\[[0-9;]*[A-Za-z]|\033c|[\r\n]").matcher(text).replaceAll("");
  }

  /** Returns what is delivered of a text that is read in pieces of these sizes. */
  private static String through(String text, IntUnaryOperator size) throws IOException {
    var pipe = WrittenPipe.open();
    var drain = new Bytes();
    var delivery = new SinkDispatcher(List.of(drain));
    var reader = new LineReader(Source.MANAGER, pipe.source(), false, delivery);
    for (int at = 0; at < text.length(); ) {
      int count = size.applyAsInt(text.length() - at);
      write(pipe, text.substring(at, at + count));
      do reader.deliver(reader.read(), 0);
      while (!pipe.source().isEmpty());
      at += count;
    }
    pipe.sink().close();
    reader.end();
    return drain.text();
  }

  private static void write(WrittenPipe pipe, String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    while (bytes.hasRemaining()) pipe.sink().write(bytes);
  }

  /** Collects everything delivered, byte for byte. */
  private static final class Bytes implements LogSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void lines(Source source, ByteBuffer wholeLines) {
      if (wholeLines.get(wholeLines.limit() - 1) != '\n') throw new AssertionError("not whole");
      partial(source, wholeLines);
    }

    @Override
    public void partial(Source source, ByteBuffer piece) {
      var copy = new byte[piece.remaining()];
      piece.get(copy);
      try {
        bytes.write(copy);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void flush() {}

    String text() {
      return bytes.toString(ISO_8859_1);
    }
  }
}
