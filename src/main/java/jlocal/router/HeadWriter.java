package jlocal.router;

import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Builds the head of a message as bytes; one for each I/O thread, used again and again. */
final class HeadWriter {
  private byte[] bytes = new byte[4096];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** Characters are bytes here: what a client sent comes out as it went in. */
  @SuppressWarnings("deprecation") // the only copy of a string's low bytes that does not allocate
  HeadWriter text(String text) {
    int length = text.length();
    room(length);
    text.getBytes(0, length, bytes, size);
    size += length;
    return this;
  }

  HeadWriter name(HttpString name) {
    int length = name.length();
    room(length);
    name.copyTo(bytes, size);
    size += length;
    return this;
  }

  HeadWriter number(long number) {
    return text(Long.toString(number));
  }

  HeadWriter field(HttpString name, String value) {
    return name(name).text(": ").text(value).line();
  }

  HeadWriter line() {
    room(2);
    bytes[size++] = '\r';
    bytes[size++] = '\n';
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, (size + more) * 2);
  }

  void copyTo(ByteBuffer buffer) {
    buffer.put(bytes, 0, size);
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }
}
