package jlocal.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static jlocal.terminal.Painted.WEB;
import static jlocal.terminal.Painted.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import jlocal.logs.LogHub;
import jlocal.logs.Source;
import jlocal.os.WrittenPipe;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random text in random pieces through real pipes must be shown completely. */
@Timeout(120)
class LogFuzzTest {
  private static final Source CLOCK = Painted.app("clock", 1);
  private static final List<Source> SOURCES = List.of(WEB, WORKER, CLOCK);
  private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);
  private static final Duration REPORT_DELAY = Duration.ofSeconds(30);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void output_of_children_is_complete_and_in_order(long seed) throws Exception {
    var random = new Random(seed);
    var output = Pipe.open();
    var read = CompletableFuture.supplyAsync(() -> readAll(output.source()), THREADS);
    var names = LogFormat.Names.of(List.of(), SOURCES);
    var painter = new LogPainter(Painted.PLAIN, names, output.sink(), () -> {});
    var hub = LogHub.start(List.of(painter), false);

    var written = new LinkedHashMap<String, byte[]>();
    var children = new ArrayList<CompletableFuture<?>>();
    for (Source source : SOURCES) {
      var pipe = WrittenPipe.open();
      byte[] text = randomText(random, 1 + random.nextInt(600_000));
      written.put(String.format("%-8s | ", source), text);
      children.add(hub.read(source, pipe.source()).toCompletableFuture());
      var pieces = new Random(random.nextLong());
      children.add(CompletableFuture.runAsync(() -> write(pipe.sink(), text, pieces), THREADS));
    }
    for (var child : children) child.get(60, SECONDS);
    hub.close(REPORT_DELAY);
    output.sink().close();
    assertThat(unfolded(read.get(60, SECONDS), written)).isEqualTo(texts(written));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void no_bytes_escape_their_line(long seed) {
    var random = new Random(seed);
    var log = new Painted(seed % 2 == 0 ? Painted.COLOR : Painted.PLAIN, WEB, WORKER);
    for (int i = 0; i < 5_000; i++) {
      Source source = random.nextBoolean() ? WEB : WORKER;
      var text = Painted.buffer(wildText(random, random.nextInt(60)));
      switch (random.nextInt(4)) {
        case 0 -> log.painter().partial(source, text);
        case 1 -> log.painter().flush();
        case 2 -> log.after(400).stalled(source);
        default -> log.painter().lines(source, Painted.buffer(ended(text)));
      }
    }
    log.lines(WEB, "\n").lines(WORKER, "\n");
    var safe =
        "(\\x1b\\[[0-9;:]*m)?(web.1   |worker.1) \\| (\\x1b\\[[0-9;:]*m"
            + "|[\\t\\x20-\\x7e\\x80-\\xc1\\xc3-\\xff]|\\xc2(?![\\x80-\\x9f]))*+\n";
    String shown = new String(log.bytes(), ISO_8859_1);
    assertThat(shown.split("(?<=\n)", 0)).filteredOn(line -> !line.matches(safe)).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void shown_text_does_not_depend_on_how_lines_arrive(long seed) {
    var random = new Random(seed);
    var atOnce = new Painted(Painted.COLOR, WEB);
    var oneByOne = new Painted(Painted.COLOR, WEB);
    for (int round = 0; round < 200; round++) {
      var batch = new ByteArrayOutputStream();
      for (int i = random.nextInt(8); i >= 0; i--) {
        byte[] line = ended(Painted.buffer(wildText(random, random.nextInt(90))));
        batch.writeBytes(line);
        int cut = random.nextInt(line.length);
        oneByOne.painter().partial(WEB, Painted.buffer(Arrays.copyOf(line, cut)));
        byte[] rest = Arrays.copyOfRange(line, cut, line.length);
        oneByOne.painter().lines(WEB, Painted.buffer(rest));
      }
      atOnce.painter().lines(WEB, Painted.buffer(batch.toByteArray()));
    }
    assertThat(plain(oneByOne)).isEqualTo(plain(atOnce));
  }

  /** Strips colours, which each piece may close and reopen. */
  private static String plain(Painted log) {
    return new String(log.bytes(), ISO_8859_1).replaceAll("\\x1b\\[[0-9;:]*m", "");
  }

  /**
   * Restores the children's texts from the output, sorted by prefix. An interrupted line continues
   * on the next with its prefix, so the text tells where lines end.
   */
  private static Map<String, String> unfolded(byte[] output, Map<String, byte[]> written) {
    var shown = new LinkedHashMap<String, StringBuilder>();
    for (String line : new String(output, ISO_8859_1).split("(?<=\n)", -1)) {
      int prefix = Math.min(11, line.length());
      String name = line.substring(0, prefix);
      shown.computeIfAbsent(name, _ -> new StringBuilder()).append(line, prefix, line.length());
    }
    assertThat(shown.remove("")).hasToString("");
    assertThat(written).containsKeys(shown.keySet().toArray(String[]::new));
    var unfolded = new LinkedHashMap<String, String>();
    written.forEach((prefix, text) ->
        unfolded.put(prefix, unfold(shown.getOrDefault(prefix, new StringBuilder()), text)));
    return unfolded;
  }

  /** Removes line ends that are not in the text. */
  private static String unfold(StringBuilder shown, byte[] text) {
    var unfolded = new StringBuilder();
    for (int i = 0; i < shown.length(); i++) {
      int at = unfolded.length();
      boolean folded = shown.charAt(i) == '\n' && at < text.length && text[at] != '\n';
      if (!folded) unfolded.append(shown.charAt(i));
    }
    return unfolded.toString();
  }

  private static Map<String, String> texts(Map<String, byte[]> written) {
    var texts = new LinkedHashMap<String, String>();
    written.forEach((prefix, text) -> texts.put(prefix, new String(text, ISO_8859_1)));
    return texts;
  }

  /** Any bytes but control characters; lines of any length, some blank, some very long. */
  private static byte[] randomText(Random random, int length) {
    byte[] text = new byte[length];
    int line = 1 << random.nextInt(18);
    for (int i = 0; i < length; i++) {
      int b = random.nextInt(3) > 0 ? 0x20 + random.nextInt(0x5f) : 0xc3 + random.nextInt(0x3d);
      text[i] = (byte) (random.nextInt(line) == 0 ? '\n' : b);
    }
    text[length - 1] = '\n';
    return text;
  }

  private static byte[] wildText(Random random, int length) {
    String alphabet =
        "\033\033\033[[]P_m0123;:?kGJK\b\r\r\177\302\302\233\235\200\234\007é日\0 abc\t\t";
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      int b = random.nextInt(4) == 0 ? random.nextInt(256) : alphabet.charAt(random.nextInt(36));
      text[i] = (byte) (b == '\n' ? ' ' : b);
    }
    return text;
  }

  private static byte[] ended(ByteBuffer text) {
    return ByteBuffer.allocate(text.remaining() + 1).put(text).put((byte) '\n').array();
  }

  private static void write(WritableByteChannel sink, byte[] text, Random random) {
    try (sink) {
      int at = 0;
      while (at < text.length) {
        int count = Math.min(text.length - at, 1 + random.nextInt(1 << random.nextInt(18)));
        var piece = ByteBuffer.wrap(text, at, count);
        while (piece.hasRemaining()) sink.write(piece);
        at += count;
        if (random.nextInt(8) == 0) LockSupport.parkNanos(random.nextInt(300_000));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] readAll(Pipe.SourceChannel output) {
    try (var in = Channels.newInputStream(output)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
