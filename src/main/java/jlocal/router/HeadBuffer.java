package jlocal.router;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Collects the head of an HTTP/1 message until it is complete. */
final class HeadBuffer {
  /** Where the bytes so far end: in a line, after its LF, or after a CR behind that. */
  private enum End {
    IN_LINE,
    AFTER_LF,
    AFTER_CR
  }

  private String partial = "";
  private End end = End.IN_LINE;

  /** How many bytes of an incomplete head it holds. */
  int length() {
    return partial.length();
  }

  /**
   * Takes a head from a buffer, up to its empty line; what follows stays. Lines may end in LF
   * alone.
   *
   * @return the head, one character per byte; null if it is not complete, then all bytes were taken
   */
  @Nullable String take(ByteBuffer from) {
    int length = 0;
    boolean complete = false;
    while (!complete && length < from.remaining()) {
      byte next = from.get(from.position() + length++);
      complete = next == '\n' && end != End.IN_LINE;
      if (next == '\n') end = End.AFTER_LF;
      else end = next == '\r' && end == End.AFTER_LF ? End.AFTER_CR : End.IN_LINE;
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String head = partial.isEmpty() ? text : partial + text;
    partial = complete ? "" : head;
    if (complete) end = End.IN_LINE;
    return complete ? head : null;
  }

  /** Returns the lines of a head; those that end in CRLF keep the CR. */
  static String[] lines(String head) {
    return head.split("\n", -1);
  }
}
