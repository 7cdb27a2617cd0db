package jlocal.drains;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import jlocal.ansi.ByteScan;
import jlocal.logs.LogSink;
import jlocal.logs.Source;

/**
 * Converts log text to messages. A line longer than Logplex accepts is split between characters.
 */
final class SyslogSink implements LogSink {
  private static final int MAX_BYTES = 10_000;

  private final Consumer<SyslogMessage> receiver;
  private final Runnable flush;
  private final Map<Source, StringBuilder> unfinished = new HashMap<>();
  private long writtenAt;

  /**
   * @param flush called after each batch
   */
  SyslogSink(Consumer<SyslogMessage> receiver, Runnable flush) {
    this.receiver = receiver;
    this.flush = flush;
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    int end = wholeLines.limit();
    for (int at = wholeLines.position(); at < end; ) {
      int next = ByteScan.afterLine(wholeLines, at, end);
      StringBuilder line = append(source, wholeLines.slice(at, next - 1 - at));
      boolean hasReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
      emit(source, line.substring(0, line.length() - (hasReturn ? 1 : 0)));
      unfinished.remove(source);
      at = next;
    }
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    append(source, piece);
  }

  private StringBuilder append(Source source, ByteBuffer text) {
    var line = unfinished.computeIfAbsent(source, _ -> new StringBuilder());
    line.append(StandardCharsets.ISO_8859_1.decode(text));
    while (line.length() > MAX_BYTES) {
      int cut = MAX_BYTES;
      while (cut > MAX_BYTES - 4 && (line.charAt(cut) & 0xc0) == 0x80) cut--;
      emit(source, line.substring(0, cut));
      line.delete(0, cut);
    }
    return line;
  }

  private void emit(Source source, String line) {
    long time = writtenAt == 0 ? System.currentTimeMillis() : writtenAt;
    receiver.accept(SyslogMessage.of(source, time, line));
  }

  @Override
  public void writtenAt(long millis) {
    writtenAt = millis;
  }

  @Override
  public void flush() {
    flush.run();
  }
}
