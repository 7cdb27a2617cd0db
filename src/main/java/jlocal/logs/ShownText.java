package jlocal.logs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text as it is put together to be shown: bytes as they are, lone controls in caret form. */
final class ShownText {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void text(ByteBuffer in, int from, int end) {
    var run = new byte[end - from];
    in.get(from, run);
    bytes.writeBytes(run);
  }

  void control(byte control) {
    bytes.write('^');
    bytes.write(control ^ 0x40);
  }

  /** ESC [ … m. */
  void colour(byte[] parameters, int length) {
    bytes.write(0x1b);
    bytes.write('[');
    bytes.write(parameters, 0, length);
    bytes.write('m');
  }

  void add(ShownText other) {
    bytes.writeBytes(other.bytes.toByteArray());
  }

  int size() {
    return bytes.size();
  }

  void clear() {
    bytes.reset();
  }

  /** Bytes that are not UTF-8 become U+FFFD. */
  @Override
  public String toString() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
