package jlocal.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * The output of a child and its descendants: stdout and stderr combined, so that their order is
 * exact. It ends when all of them have closed it, not when the leader exits. Its reader thread is
 * started before the child, so that no child is started without one.
 */
public abstract class ChildOutput implements AutoCloseable {
  private static final long STACK_BYTES = 512 * 1024;

  private final CompletableFuture<Runnable> reader = new CompletableFuture<>();

  /**
   * Starts the thread.
   *
   * @throws OutOfMemoryError if the system cannot create a thread
   */
  ChildOutput() {
    var task = reader;
    var _ =
        Thread.ofPlatform()
            .name("output")
            .daemon()
            .stackSize(STACK_BYTES)
            .start(() -> task.join().run());
  }

  /** Runs the task that reads the output to its end and closes it, on the reader thread; once. */
  public void readBy(Runnable task) {
    reader.complete(task);
  }

  /**
   * Waits for output, and reads it.
   *
   * @param into a direct buffer with space
   * @return the number of bytes; -1 at the end
   * @throws IOException if it is or gets closed
   */
  public abstract int read(ByteBuffer into) throws IOException;

  /** Whether there is nothing to read now. */
  public abstract boolean isEmpty();

  /** Closes the output, even while a thread reads it. */
  @Override
  public abstract void close();
}
