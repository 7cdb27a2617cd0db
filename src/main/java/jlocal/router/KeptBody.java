package jlocal.router;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The beginning of a body, and how long it was. Any thread. */
public final class KeptBody {
  /** So much of it is kept, in bytes. */
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

  /** How long it is, in bytes. */
  public synchronized long length() {
    return length;
  }
}
