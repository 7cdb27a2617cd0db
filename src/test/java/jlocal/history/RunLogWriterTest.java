package jlocal.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jlocal.Await;
import jlocal.ansi.ByteScan;
import jlocal.app.LoggingApp;
import jlocal.formation.InstanceName;
import jlocal.logs.LogSink;
import jlocal.logs.LogSnapshot;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLogWriterTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));
  private static final ProcessType WORKER = new ProcessType("wor-ker_2");

  @TempDir Path home;
  private final LoggingApp app = new LoggingApp(ProcessType.WEB, WORKER);

  private Path folder() {
    return home.resolve("logs/app");
  }

  private void start() {
    RunLogWriter.start(folder(), app.running());
  }

  private RunLog end() throws Exception {
    app.end();
    return RunLog.read(folder(), RunLog.list(folder()).getFirst());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void text_is_read_back_byte_for_byte_however_it_was_split(long seed) throws Exception {
    var random = new Random(seed);
    say(WEB, "before the start\n");
    start();
    for (int i = 0; i < 3_000; i++) {
      Source source = source(random.nextInt(5));
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (random.nextBoolean()) bytes = Arrays.copyOf(bytes, bytes.length + 1);
      if (random.nextBoolean() && bytes.length > 0) bytes[bytes.length - 1] = '\n';
      if (bytes.length > 0) say(source, bytes);
      if (random.nextInt(500) == 0) assertThat(Await.within(Await.LIMIT, this::isWritten)).isTrue();
    }
    RunLog run = end();

    assertThat(run.types()).containsExactly(ProcessType.WEB, WORKER);
    var live = new ArrayList<String>();
    replay(app.log.newest(new HashMap<>(), Integer.MAX_VALUE), live);
    var kept = new ArrayList<String>();
    replay(run.chunks(), kept);
    assertThat(kept).startsWith(live.getFirst()).containsExactlyInAnyOrderElementsOf(live);
    assertThat(run.ended()).isAfterOrEqualTo(run.began());
  }

  @Test
  void a_truncated_file_is_read_up_to_the_cut() throws Exception {
    start();
    for (int i = 0; i < 20; i++) say(source(i % 3), "line " + i + "\nand ");
    RunLog run = end();
    Map<Source, String> all = texts(run);
    long began = run.began().toEpochMilli();
    Path file = folder().resolve(began + ".log");
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      texts(RunLog.read(folder(), began))
          .forEach((source, text) -> {
            assertThat(text).endsWith("\n");
            assertThat(all.get(source)).startsWith(text.substring(0, text.length() - 1));
          });
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 4096)); // As after a power failure.
    assertThat(texts(RunLog.read(folder(), began))).isEqualTo(all);
  }

  private static Map<Source, String> texts(RunLog run) {
    var texts = new HashMap<Source, String>();
    for (LogSnapshot.Chunk chunk : run.chunks()) {
      String text = StandardCharsets.ISO_8859_1.decode(chunk.text().duplicate()).toString();
      texts.merge(chunk.source(), text, String::concat);
    }
    return texts;
  }

  @Test
  void a_flood_displaces_no_other_lines_and_the_file_is_bounded() throws Exception {
    say(WEB, "quiet\n");
    start();
    String block = ("x".repeat(99) + "\n").repeat(5_000);
    for (int i = 0; i < 60; i++) {
      say(source(2), block);
      if (i % 20 == 0) assertThat(Await.within(Await.LIMIT, this::isWritten)).isTrue();
    }
    say(source(2), "the last\n");
    RunLog run = end();

    var lines = new ArrayList<String>();
    replay(run.chunks(), lines);
    assertThat(lines).contains("web.1 quiet\n");
    assertThat(lines.getLast()).isEqualTo(source(2) + " the last\n");
    assertThat(lines).hasSizeGreaterThan(5_000).filteredOn(line -> line.length() < 50).hasSize(2);
    Path file = folder().resolve(run.began().toEpochMilli() + ".log");
    assertThat(Files.size(file)).isLessThan(4_000_001);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var all = Files.list(folder())) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void earlier_runs_are_bounded() throws Exception {
    Files.createDirectories(folder());
    for (int i = 0; i < 120; i++) {
      Files.write(folder().resolve("17642012345" + (10 + i % 90) + ".log"), new byte[60_000]);
    }
    Path large = Files.write(folder().resolve("1764201234600.log"), new byte[4_000_000]);
    start();
    say(WEB, "x\n");
    RunLog run = end();
    assertThat(large).exists();
    assertThat(RunLog.list(folder()))
        .containsExactly(run.began().toEpochMilli(), 1_764_201_234_600L);
  }

  @Test
  void a_write_error_is_reported_once_and_the_text_is_written_later() throws Exception {
    Path inTheWay = Files.writeString(home.resolve("logs"), "");
    start();
    say(WEB, "lost?\n");
    assertThat(Await.within(Await.LIMIT, () -> !app.said.isEmpty())).isTrue();
    say(WEB, "no\n");
    Files.delete(inTheWay);
    RunLog run = end();

    var lines = new ArrayList<String>();
    replay(run.chunks(), lines);
    assertThat(lines).containsExactly("web.1 lost?\n", "web.1 no\n");
    assertThat(app.said).hasSize(2);
    assertThat(app.said.getFirst()).startsWith("cannot write the log history: ");
  }

  private boolean isWritten() {
    try {
      return !RunLog.list(folder()).isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  private static Source source(int number) {
    return switch (number) {
      case 0 -> Source.MANAGER;
      case 1 -> Source.ROUTER;
      default -> new Source.App(new InstanceName(WORKER, number));
    };
  }

  private void say(Source source, String text) {
    say(source, text.getBytes(StandardCharsets.UTF_8));
  }

  private void say(Source source, byte[] bytes) {
    app.log.partial(source, ByteScan.buffer(bytes.length).put(bytes).flip());
    app.log.flush();
  }

  /** Collects every line with its source, ended or not. */
  private static void replay(List<LogSnapshot.Chunk> chunks, List<String> lines) {
    var sink =
        new LogSink() {
          @Override
          public void lines(Source source, ByteBuffer text) {
            lines.add(source + " " + StandardCharsets.ISO_8859_1.decode(text));
          }

          @Override
          public void partial(Source source, ByteBuffer text) {
            lines.add(source + " " + StandardCharsets.ISO_8859_1.decode(text) + "\n");
          }

          @Override
          public void flush() {}
        };
    new LogSnapshot(chunks, Integer.MAX_VALUE).replay(0, Integer.MAX_VALUE, null, sink, sink);
  }
}
