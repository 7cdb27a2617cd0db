package jlocal.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads messages, one per line; keeps only the beginning of one that is too long. */
final class JsonRpcReader {
  private static final int MOST = 1 << 20;

  private final InputStream in;
  private final byte[] bytes = new byte[8192];
  private int at;
  private int end;

  JsonRpcReader(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the next line without its end; null at the end of the input, no text if it is too long.
   */
  @Nullable String next() throws IOException {
    var line = new ByteArrayOutputStream();
    long length = 0;
    while (true) {
      if (at == end) {
        end = in.read(bytes);
        at = 0;
        if (end <= 0) return length == 0 ? null : text(line, length);
      }
      byte next = bytes[at++];
      if (next == '\n') return text(line, length);
      if (length++ < MOST) line.write(next);
    }
  }

  private static String text(ByteArrayOutputStream line, long length) {
    return length > MOST ? TOO_LONG : line.toString(StandardCharsets.UTF_8);
  }

  /** Replaces a line that is too long; it is invalid JSON, too. */
  private static final String TOO_LONG = "a message of more than 1 MB";
}
