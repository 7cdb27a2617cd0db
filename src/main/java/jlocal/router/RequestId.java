package jlocal.router;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The id a request has in the router's log and the app's (Dev Center, <i>HTTP Request IDs</i>): the
 * client's if it has 20 to 200 letters, digits or {@code + / = -}, else a new UUID.
 */
final class RequestId {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private RequestId() {}

  static String of(@Nullable String sent) {
    return sent != null && isValid(sent) ? sent : make();
  }

  private static boolean isValid(String id) {
    if (id.length() < 20 || id.length() > 200) return false;
    for (int i = 0; i < id.length(); i++) {
      if (!isAllowed(id.charAt(i))) return false;
    }
    return true;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '='
        || c == '-';
  }

  /** Random, but not secret: it names a request and guards nothing. */
  private static String make() {
    var random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    char[] id = new char[36];
    int at = 0;
    for (int i = 0; i < 32; i++) {
      if (i == 8 || i == 12 || i == 16 || i == 20) id[at++] = '-';
      long half = i < 16 ? high : low;
      id[at++] = HEX[(int) (half >>> (60 - 4 * (i & 15))) & 15];
    }
    return new String(id);
  }
}
