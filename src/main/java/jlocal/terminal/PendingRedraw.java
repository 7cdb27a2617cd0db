package jlocal.terminal;

import java.nio.ByteBuffer;
import jlocal.ansi.ByteScan;
import org.jspecify.annotations.Nullable;

/** The state of a progress bar that is not shown yet. */
final class PendingRedraw {
  private static final int SIZE = 8 * 1024;

  private @Nullable ByteBuffer text;
  private boolean on;

  boolean isOn() {
    return on;
  }

  void on() {
    on = true;
    clear();
  }

  void clear() {
    text().clear();
  }

  boolean fits(int bytes) {
    return text().remaining() >= bytes;
  }

  void put(byte b) {
    text().put(b);
  }

  void put(ByteBuffer in, int from, int end) {
    var to = text();
    to.put(to.position(), in, from, end - from);
    to.position(to.position() + end - from);
  }

  void moveTo(OutputBuffer out) {
    out.put(text(), 0, text().position());
    on = false;
  }

  private ByteBuffer text() {
    if (text == null) text = ByteScan.buffer(SIZE);
    return text;
  }
}
