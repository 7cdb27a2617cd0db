package jlocal.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jlocal.ansi.ByteScan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossyChannelTest {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Disk disk = new Disk();
  private final List<String> told = new ArrayList<>();
  private long now;
  private final LossyChannel channel =
      new LossyChannel(
          disk, RETRY, e -> "Broken pipe".equals(e.getMessage()), new Told(), () -> now);

  @Test
  void a_full_disk_is_reported_once_and_lines_are_counted_until_there_is_space()
      throws IOException {
    write("one\n");
    disk.free = 0;
    write("two\nthree\n");
    write("four\n");
    now += RETRY.toNanos();
    write("five\n");
    disk.free = 100;
    write("six\n");
    now += RETRY.toNanos();
    write("seven\n");
    write("eight\n");
    assertThat(disk.text()).isEqualTo("one\nseven\neight\n");
    assertThat(told).containsExactly("failed: No space left on device", "recovered: 5");
    assertThat(channel.dropped()).isZero();
  }

  @Test
  void a_full_disk_is_retried_once_per_pause() throws IOException {
    disk.free = 0;
    for (int i = 0; i < 1000; i++) write("line\n");
    assertThat(disk.writes).isEqualTo(1);
    assertThat(channel.dropped()).isEqualTo(1000);
  }

  @Test
  void a_cut_off_line_is_ended_before_the_next_one() throws IOException {
    disk.free = 6;
    write("one\ntwo\nthree\n");
    disk.free = 100;
    now += RETRY.toNanos();
    write("four\n");
    assertThat(disk.text()).isEqualTo("one\ntw\nfour\n");
    assertThat(told).containsExactly("failed: No space left on device", "recovered: 2");
  }

  @Test
  void the_rest_of_a_line_whose_beginning_was_dropped_is_dropped_too() throws IOException {
    disk.free = 0;
    write("one\ntw");
    disk.free = 100;
    now += RETRY.toNanos();
    write("o, and ");
    write("more\nthree\n");
    assertThat(disk.text()).isEqualTo("three\n");
    assertThat(told).containsExactly("failed: No space left on device", "recovered: 2");
  }

  @Test
  void a_broken_pipe_does_not_count_as_an_outage() {
    disk.error = "Broken pipe";
    disk.free = 0;
    assertThatThrownBy(() -> write("one\n")).hasMessage("Broken pipe");
    assertThat(told).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void every_line_is_written_whole_or_counted(long seed) throws IOException {
    var random = new Random(seed);
    int lines = 2000;
    var text = new StringBuilder();
    for (int i = 0; i < lines; i++) text.append("<%d%s>\n".formatted(i, "x".repeat(i % 50)));
    for (int at = 0; at < text.length(); ) {
      int count = Math.min(text.length() - at, 1 + random.nextInt(120));
      disk.free = random.nextInt(4) == 0 ? random.nextInt(100) : 1000;
      now += RETRY.toNanos() / (1 + random.nextInt(3));
      write(text.substring(at, at + count));
      at += count;
    }
    disk.free = 1000;
    now += RETRY.toNanos();
    write("\n");
    write("end\n");

    long whole = disk.text().lines().filter(line -> line.matches("<\\d+x*>")).count();
    long dropped =
        told.stream()
            .filter(event -> event.startsWith("recovered: "))
            .mapToLong(event -> Long.parseLong(event.substring("recovered: ".length())))
            .sum();
    assertThat(dropped).isPositive();
    // The blank line before the end, and nothing else, may be among those dropped.
    assertThat(whole + dropped).isBetween((long) lines, lines + 1L);
    assertThat(disk.text()).endsWith("end\n");
  }

  private void write(String text) throws IOException {
    var bytes = ByteScan.buffer(text.length()).put(text.getBytes(StandardCharsets.UTF_8)).flip();
    while (bytes.hasRemaining()) channel.write(bytes);
  }

  /** A simulated disk with limited space. */
  private static final class Disk implements WritableByteChannel {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String error = "No space left on device";
    private int free = Integer.MAX_VALUE;
    private int writes;

    @Override
    public int write(ByteBuffer text) throws IOException {
      writes++;
      int count = Math.min(free, text.remaining());
      if (count == 0) throw new IOException(error);
      for (int i = 0; i < count; i++) bytes.write(text.get());
      free -= count;
      return count;
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private final class Told implements LossyChannel.Listener {
    @Override
    public void failed(IOException why) {
      told.add("failed: " + why.getMessage());
    }

    @Override
    public void recovered(long dropped) {
      told.add("recovered: " + dropped);
    }
  }
}
