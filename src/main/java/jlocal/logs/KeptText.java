package jlocal.logs;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text that was in the log's memory at one moment. */
public final class KeptText {
  private final List<NewestLines.Turn> turns;
  private final int lines;

  /**
   * Text of several sources.
   *
   * @param turns in the order of their numbers
   * @param lines how many lines of each source are kept
   */
  KeptText(List<NewestLines.Turn> turns, int lines) {
    this.turns = turns;
    this.lines = lines;
  }

  /**
   * Gives the last lines to a sink, in the order they ended, byte for byte; in the caller's thread.
   *
   * @param most how many lines, of all sources together
   * @param text what is found in each of them; null for any
   * @param rest gets the lines that have not ended
   */
  public void give(int most, @Nullable Pattern text, LogSink sink, LogSink rest) {
    var newest =
        new NewestLines(Math.min(most, lines), line -> text == null || Grep.isFound(text, line));
    turns.forEach(newest::add);
    newest.give(most, sink, rest);
  }
}
