package jlocal.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The output of a child without a terminal: a {@link Fifo}. */
public final class OutputPipe extends ChildOutput {
  /** A read of this size found the pipe nearly full; it initially holds 64 KB. */
  private static final int FULL = 32 * 1024;

  private final Fifo fifo;
  private final FileInputStream in;
  private boolean grown;

  private OutputPipe(Fifo fifo, FileInputStream in) {
    this.fifo = fifo;
    this.in = in;
  }

  /**
   * Opens a pipe.
   *
   * @throws IOException if there are no more descriptors, or no folder for it
   * @throws OutOfMemoryError if the system cannot create a thread
   */
  public static OutputPipe open() throws IOException {
    Fifo fifo = Fifo.open();
    try {
      return new OutputPipe(fifo, new FileInputStream(fifo.file()));
    } catch (IOException | OutOfMemoryError e) {
      fifo.close();
      throw e;
    }
  }

  /** The file that the child writes to, until {@link #closeWriter}. */
  public File writer() {
    return fifo.file();
  }

  /** Closes our own write end. */
  public void closeWriter() {
    fifo.closeDescriptor();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = in.getChannel().read(into);
    if (count >= FULL && !grown) {
      grown = true;
      PipeSize.grow(fifo.file());
    }
    return count;
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
    fifo.close();
    Cleanup.close(in);
  }
}
