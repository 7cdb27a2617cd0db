package jlocal.router;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The first message of a TLS client (RFC 8446, 4.1.2), parsed only up to the server name. */
final class ClientHello {
  /** The type of a record that holds part of a handshake (5.1). */
  private static final byte HANDSHAKE = 22;

  private static final byte CLIENT_HELLO = 1;
  private static final int VERSION_AND_RANDOM = 34;

  /** The extension with the server name, and the type of a host name (RFC 6066, 3). */
  private static final int SERVER_NAME = 0;

  private static final int MAX_BYTES = 64 * 1024;

  private ClientHello() {}

  /** Whether a connection that begins with this byte is TLS. */
  static boolean isBegin(byte first) {
    return first == HANDSHAKE;
  }

  /**
   * Returns the server name; empty if there is none or this is not a ClientHello; null if more
   * bytes are needed.
   *
   * @param bytes the first of the connection
   */
  static @Nullable String host(byte[] bytes) {
    ByteBuffer message = content(ByteBuffer.wrap(bytes));
    try {
      if (message.get() != CLIENT_HELLO) return "";
      int length = (message.get() & 0xff) << 16 | number(message);
      boolean isWhole = message.remaining() >= length;
      if (isWhole) message.limit(message.position() + length);
      String name = name(message);
      return name.isEmpty() && !isWhole && length < MAX_BYTES ? null : name;
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      return isIncomplete(message, bytes) ? null : "";
    }
  }

  private static boolean isIncomplete(ByteBuffer message, byte[] bytes) {
    if (bytes.length > MAX_BYTES) return false;
    int end = message.limit();
    if (end < 4) return true;
    int length = (message.get(1) & 0xff) << 16 | (message.getShort(2) & 0xffff);
    return end < 4 + length;
  }

  /** Returns the content of the records; the last one may be incomplete. */
  private static ByteBuffer content(ByteBuffer records) {
    var content = ByteBuffer.allocate(records.remaining());
    while (records.remaining() > 5 && records.get() == HANDSHAKE) {
      records.getShort(); // The version
      int length = Math.min(number(records), records.remaining());
      content.put(records.slice(records.position(), length));
      records.position(records.position() + length);
    }
    return content.flip();
  }

  private static String name(ByteBuffer message) {
    skip(message, VERSION_AND_RANDOM);
    skip(message, message.get() & 0xff); // The session
    skip(message, number(message)); // The cipher suites
    skip(message, message.get() & 0xff); // The compression methods
    int end = number(message) + message.position();
    while (message.position() < end) {
      int extension = number(message);
      int length = number(message);
      if (extension != SERVER_NAME) {
        skip(message, length);
        continue;
      }
      number(message); // The length of the list, which has at most one name of this type
      if (message.get() != SERVER_NAME) return "";
      byte[] name = new byte[number(message)];
      message.get(name);
      return new String(name, StandardCharsets.US_ASCII);
    }
    return "";
  }

  private static int number(ByteBuffer from) {
    return from.getShort() & 0xffff;
  }

  private static void skip(ByteBuffer message, int count) {
    message.position(message.position() + count);
  }
}
