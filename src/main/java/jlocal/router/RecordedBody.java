package jlocal.router;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The beginning of a body, and its length. Thread-safe. */
public final class RecordedBody {
  /** How many bytes are kept. */
  public static final int MOST = 64 * 1024;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long length;

  /** Adds the bytes between two indexes. */
  synchronized void add(ByteBuffer from, int start, int end) {
    var bytes = new byte[Math.min(end - start, MOST - kept.size())];
    from.get(start, bytes);
    kept.writeBytes(bytes);
    length += end - start;
  }

  public synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  /** The length of the whole body, in bytes. */
  public synchronized long length() {
    return length;
  }
}
