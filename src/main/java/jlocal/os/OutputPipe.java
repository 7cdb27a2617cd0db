package jlocal.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A pipe of our own; pipe(2). The JDK's pipe to a child is no substitute: it is closed when the
 * direct child exits, and what its descendants still write is lost and ends them by SIGPIPE.
 */
public final class OutputPipe extends ChildOutput {
  /** More large pipes would cost a user other pipes' room; pipe(7), pipe-user-pages-soft. */
  private static final Semaphore LARGE = new Semaphore(16);

  private final FileInputStream in;
  private final int writer;
  private final boolean large = LARGE.tryAcquire();
  private final AtomicBoolean closed = new AtomicBoolean();

  private OutputPipe(FileInputStream in, int writer) {
    this.in = in;
    this.writer = writer;
  }

  /**
   * A new pipe.
   *
   * @throws IOException when the system has no descriptors to give
   */
  public static OutputPipe open() throws IOException {
    int[] ends = Libc.pipe();
    try {
      var pipe = new OutputPipe(new FileInputStream(file(ends[0])), ends[1]);
      if (pipe.large) PipeSize.grow(ends[1]);
      return pipe;
    } catch (IOException | OutOfMemoryError e) {
      Tty.close(ends[1]);
      throw e;
    } finally {
      Tty.close(ends[0]);
    }
  }

  /** The path of an open descriptor of this process. */
  static File file(int descriptor) {
    return new File("/dev/fd/" + descriptor);
  }

  /** Where the child is to write to, until {@link #closeWriter}. */
  public File writer() {
    return file(writer);
  }

  /** Closes our own writing end; to be called once. */
  public void closeWriter() {
    Tty.close(writer);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return in.getChannel().read(into);
  }

  @Override
  public boolean isEmpty() {
    try {
      return in.available() == 0;
    } catch (IOException _) {
      return true;
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) return;
    if (large) LARGE.release();
    try {
      in.close();
    } catch (IOException _) {
      // It was only read from.
    }
  }
}
