package jlocal.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jlocal.ansi.ByteScan;
import jlocal.formation.InstanceName;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hot path of the log, without pipes: 64 KB of lines in, lines with their prefix out. One
 * operation is 64 KB, so 65,536 over the microseconds is MB/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LinesBench {
  private static final int SIZE = 64 * 1024;
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));

  /** Bytes of a line, LF included. */
  @Param({"8", "100", "4096"})
  public int line;

  private ByteBuffer plain = ByteBuffer.allocate(0);
  private ByteBuffer colored = ByteBuffer.allocate(0);
  private LogPainter text = painter();
  private JsonLines json = new JsonLines(nowhere(), () -> {});

  @Setup
  public void write() {
    plain = lines("x".repeat(line - 1) + "\n");
    String green = "\033[32m" + "x".repeat(Math.max(1, line - 10)) + "\033[0m\n";
    colored = lines(green);
    text = painter();
    json = new JsonLines(nowhere(), () -> {});
  }

  /** Finds where the last line ends and whether there is anything special in them. */
  @Benchmark
  public int scan() {
    int end = ByteScan.afterLastLine(plain, 0, plain.limit());
    int special = 0;
    for (int at = 0; at < end; at = ByteScan.afterLine(plain, at, end)) {
      special += ByteScan.firstSpecial(plain, at, end);
    }
    return special;
  }

  @Benchmark
  public void prefix() {
    text.lines(WEB, plain.position(0));
    text.flush();
  }

  /** The slow path: every line has colours of its own. */
  @Benchmark
  public void prefixWithColors() {
    text.lines(WEB, colored.position(0));
    text.flush();
  }

  @Benchmark
  public void objects() {
    json.lines(WEB, plain.position(0));
    json.flush();
  }

  private static LogPainter painter() {
    var style = new LogFormat.Text(true, true, true, false, LongLines.LEAVE);
    return new LogPainter(style, LogFormat.Names.of(List.of(), List.of(WEB)), nowhere(), () -> {});
  }

  private static ByteBuffer lines(String line) {
    byte[] bytes = line.repeat(SIZE / line.length()).getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.LITTLE_ENDIAN).put(bytes).flip();
  }

  private static WritableByteChannel nowhere() {
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer text) throws IOException {
        int count = text.remaining();
        text.position(text.limit());
        return count;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
