package jlocal.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static jlocal.terminal.Painted.WEB;
import static jlocal.terminal.Painted.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import jlocal.Await;
import jlocal.logs.LogHub;
import jlocal.logs.Source;
import jlocal.os.WrittenPipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log with a reader that is slow, stops or closes, and lines that never end. */
@Timeout(60)
class BackPressureTest {
  private static final Duration REPORT_DELAY = Duration.ofSeconds(20);
  private static final int MEGABYTE = 1024 * 1024;
  private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);
  private static final Set<String> OURS = Set.of("logs", "output");

  /** This many lines exceed two pipes and our own buffers. */
  private static final int MUCH = 500_000;

  @Test
  void a_stopped_reader_blocks_children_and_loses_nothing() throws Exception {
    var output = Pipe.open();
    var hub = hub(output.sink(), () -> {});
    var child = WrittenPipe.open();
    var ended = hub.read(WEB, child.source());
    var writer = writeMuch(child);
    assertWaits(writer);

    for (int i = 0; i < 1000; i++) hub.say(Source.MANAGER, "still here");

    var text = CompletableFuture.supplyAsync(() -> readAll(output.source()), THREADS);
    writer.get(20, SECONDS);
    ended.toCompletableFuture().get(20, SECONDS);
    hub.close(REPORT_DELAY);
    output.sink().close();
    assertThat(text.get(20, SECONDS).lines().filter("web.1    | a line"::equals)).hasSize(MUCH);
    assertThat(text.get().lines().filter("manager  | still here"::equals)).hasSize(1000);
  }

  @Test
  void a_stopped_reader_does_not_delay_close() throws Exception {
    var before = Thread.getAllStackTraces().keySet();
    var output = Pipe.open();
    var hub = hub(output.sink(), () -> {});
    var child = WrittenPipe.open();
    var ended = hub.read(WEB, child.source());
    assertWaits(writeMuch(child));
    hub.close(Duration.ofMinutes(10));
    ended.toCompletableFuture().get(20, SECONDS);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (before.contains(thread) || !OURS.contains(thread.getName())) continue;
      assertThat(thread.join(Duration.ofSeconds(20))).as(thread.getName() + " ends").isTrue();
    }
  }

  @Test
  void a_full_non_blocking_output_is_retried() throws Exception {
    var output = Pipe.open();
    output.sink().configureBlocking(false);
    var hub = hub(output.sink(), () -> {});
    var child = WrittenPipe.open();
    var ended = hub.read(WEB, child.source());
    var writer = writeMuch(child);
    assertWaits(writer);
    var text = CompletableFuture.supplyAsync(() -> readAll(output.source()), THREADS);
    writer.get(20, SECONDS);
    ended.toCompletableFuture().get(20, SECONDS);
    hub.close(REPORT_DELAY);
    output.sink().close();
    assertThat(text.get(20, SECONDS).lines()).hasSize(MUCH).containsOnly("web.1    | a line");
  }

  @Test
  void a_closed_reader_is_reported_once_and_children_continue() throws Exception {
    var gone = new AtomicLong();
    var output = Pipe.open();
    var hub = hub(output.sink(), gone::incrementAndGet);
    output.source().close();
    var child = WrittenPipe.open();
    var ended = hub.read(WEB, child.source());
    var line = ByteBuffer.wrap("a line\n".repeat(100_000).getBytes(UTF_8));
    while (line.hasRemaining()) child.sink().write(line);
    child.sink().close();
    ended.toCompletableFuture().get(20, SECONDS);
    hub.say(Source.MANAGER, "this is not read");
    hub.close(REPORT_DELAY);
    assertThat(gone).hasValue(1);
  }

  @Test
  void a_line_of_50_megabytes_passes_in_constant_memory() throws Exception {
    var seen = new Counter();
    var hub = hub(seen, () -> {});
    var child = WrittenPipe.open();
    var ended = hub.read(WEB, child.source());
    write(child.sink(), "warm up\n");
    seen.awaitBytes(1);
    long before = seen.allocatedByThread();
    var piece = "0123456789abcdef".repeat(4096);
    for (int i = 0; i < 50 * MEGABYTE / piece.length(); i++) write(child.sink(), piece);
    child.sink().close();
    ended.toCompletableFuture().get(20, SECONDS);
    long allocated = seen.allocatedByThread() - before;
    hub.close(REPORT_DELAY);
    assertThat(seen.bytes()).isEqualTo("web.1    | ".length() * 2 + 8 + 50 * MEGABYTE + 1);
    assertThat(allocated).isLessThan(2 * MEGABYTE);
  }

  @Test
  void a_flood_of_lines_creates_no_garbage() throws Exception {
    var seen = new Counter();
    var hub = hub(seen, () -> {});
    var child = WrittenPipe.open();
    var ended = hub.read(WEB, child.source());
    write(child.sink(), "warm up\n");
    seen.awaitBytes(1);
    long before = seen.allocatedByThread();
    var lines = "a line\n".repeat(10_000);
    for (int i = 0; i < 100; i++) write(child.sink(), lines);
    child.sink().close();
    ended.toCompletableFuture().get(20, SECONDS);
    // A million lines; a few objects for each turn of the selector remain.
    assertThat(seen.allocatedByThread() - before).isLessThan(4 * MEGABYTE);
    hub.close(REPORT_DELAY);
  }

  private static LogHub hub(WritableByteChannel output, Runnable gone) {
    var names = LogFormat.Names.of(List.of(), List.of(WEB, WORKER, Source.MANAGER));
    return LogHub.start(List.of(new LogPainter(Painted.PLAIN, names, output, gone)), false);
  }

  /** Writes more than all pipes and buffers hold, and closes. */
  private static CompletableFuture<Void> writeMuch(WrittenPipe child) {
    return CompletableFuture.runAsync(
        () -> {
          try (var sink = child.sink()) {
            for (int i = 0; i < MUCH / 1000; i++) write(sink, "a line\n".repeat(1000));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        THREADS);
  }

  /** Asserts that it is blocked; otherwise it would end within a few milliseconds. */
  private static void assertWaits(CompletableFuture<Void> writer) {
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> writer.get(300, MILLISECONDS));
  }

  private static void write(WritableByteChannel sink, String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) sink.write(bytes);
  }

  private static String readAll(Pipe.SourceChannel output) {
    try (var in = Channels.newInputStream(output)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "cannot read: " + e;
    }
  }

  /** An output that only counts, and records the writing thread. */
  private static final class Counter implements WritableByteChannel {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long thread;

    long bytes() {
      return bytes.get();
    }

    void awaitBytes(long wanted) {
      Await.until(wanted + " bytes", () -> bytes.get() >= wanted, bytes::get);
    }

    long allocatedByThread() {
      return THREADS.getThreadAllocatedBytes(thread);
    }

    @Override
    public int write(ByteBuffer from) {
      int count = from.remaining();
      thread = Thread.currentThread().threadId();
      from.position(from.limit());
      bytes.addAndGet(count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
