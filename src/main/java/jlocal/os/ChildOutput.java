package jlocal.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * What a child and its descendants write: stdout and stderr together, so that their order is exact.
 * It ends when the last of them has closed it, not when the leader exits. The thread that reads it
 * is started before the child: without a thread there is no child.
 */
public abstract class ChildOutput implements AutoCloseable {
  private static final long STACK_BYTES = 512 * 1024;

  private final CompletableFuture<Runnable> reader = new CompletableFuture<>();

  /**
   * Starts the thread.
   *
   * @throws OutOfMemoryError when the system has no thread to give
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

  /** Runs the task that reads it to its end and closes it, on its thread; once. */
  public void readBy(Runnable task) {
    reader.complete(task);
  }

  /**
   * Waits until there is something to read, and reads it.
   *
   * @param into a direct buffer with room
   * @return the number of bytes; -1 at the end
   * @throws IOException when it was closed, meanwhile or before
   */
  public abstract int read(ByteBuffer into) throws IOException;

  /** Whether there is nothing to be read at this moment. */
  public abstract boolean isEmpty();

  /** Closes it, also while a thread reads it. */
  @Override
  public abstract void close();
}
