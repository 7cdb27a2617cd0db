package jlocal.os;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An output whose reader thread is not scheduled for a while. */
public final class LateOutput extends ChildOutput {
  private final CompletableFuture<String> text = new CompletableFuture<>();
  private boolean isRead;

  public LateOutput(String text, Duration delay) {
    this.text.completeOnTimeout(text, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int read(ByteBuffer into) {
    byte[] bytes = text.join().getBytes(StandardCharsets.UTF_8);
    if (isRead) return -1;
    isRead = true;
    into.put(bytes);
    return bytes.length;
  }

  @Override
  public boolean isEmpty() {
    return isRead;
  }

  @Override
  public void close() {
    text.cancel(false);
  }
}
