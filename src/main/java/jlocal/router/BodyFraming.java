package jlocal.router;

import org.jspecify.annotations.Nullable;

/**
 * How the end of a response's body is found (RFC 9112, section 6.3), in this order: method and
 * status, Transfer-Encoding, Content-Length, the end of the connection.
 */
sealed interface BodyFraming {
  /** No body. */
  record None() implements BodyFraming {}

  /** A number of bytes. */
  record Length(long bytes) implements BodyFraming {}

  /** Chunks up to the last one. */
  record Chunked() implements BodyFraming {}

  /** All bytes until the instance closes the connection. */
  record UntilClose() implements BodyFraming {}

  /** The head contradicts itself. */
  record Broken() implements BodyFraming {}

  BodyFraming NONE = new None();
  BodyFraming CHUNKED = new Chunked();
  BodyFraming UNTIL_CLOSE = new UntilClose();
  BodyFraming BROKEN = new Broken();

  /**
   * The framing of a response.
   *
   * @param head whether the request was HEAD
   * @param coding all Transfer-Encoding values as one list, or null
   * @param length all Content-Length values as one list, or null
   */
  static BodyFraming of(
      boolean head, int status, @Nullable String coding, @Nullable String length) {
    if (head || status < 200 || status == 204 || status == 304) return NONE;
    if (coding != null) {
      return length == null && coding.equalsIgnoreCase("chunked") ? CHUNKED : BROKEN;
    }
    if (length == null) return UNTIL_CLOSE;
    long bytes = length(length);
    return bytes < 0 ? BROKEN : bytes == 0 ? NONE : new Length(bytes);
  }

  /** The value of Content-Length, also of a list of equal ones; -1 if it is invalid. */
  static long length(String text) {
    int comma = text.indexOf(',');
    if (comma < 0) return digits(text.strip());
    long first = digits(text.substring(0, comma).strip());
    return length(text.substring(comma + 1)) == first ? first : -1;
  }

  private static long digits(String text) {
    if (text.isEmpty() || text.length() > 18) return -1;
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
