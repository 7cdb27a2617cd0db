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
 * Makes messages of what is written. A line that is longer than Logplex takes becomes several, cut
 * between characters.
 */
final class Messages implements LogSink {
  private static final int LONGEST = 10_000;

  private final Consumer<Message> each;
  private final Runnable flush;
  private final Map<Source, StringBuilder> begun = new HashMap<>();
  private long writtenAt;

  /**
   * @param each takes a message
   * @param flush is called at the end of a round
   */
  Messages(Consumer<Message> each, Runnable flush) {
    this.each = each;
    this.flush = flush;
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    int end = wholeLines.limit();
    for (int at = wholeLines.position(); at < end; ) {
      int next = ByteScan.afterLine(wholeLines, at, end);
      StringBuilder line = append(source, wholeLines.slice(at, next - 1 - at));
      boolean hasReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
      give(source, line.substring(0, line.length() - (hasReturn ? 1 : 0)));
      begun.remove(source);
      at = next;
    }
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    append(source, piece);
  }

  private StringBuilder append(Source source, ByteBuffer text) {
    var line = begun.computeIfAbsent(source, _ -> new StringBuilder());
    line.append(StandardCharsets.ISO_8859_1.decode(text));
    while (line.length() > LONGEST) {
      int cut = LONGEST;
      while (cut > LONGEST - 4 && (line.charAt(cut) & 0xc0) == 0x80) cut--;
      give(source, line.substring(0, cut));
      line.delete(0, cut);
    }
    return line;
  }

  private void give(Source source, String line) {
    long time = writtenAt == 0 ? System.currentTimeMillis() : writtenAt;
    each.accept(Message.of(source, time, line));
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
