package jlocal.os;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A child's output without a child.
 *
 * @param sink for the test to write to and close
 */
public record WrittenPipe(OutputPipe source, FileChannel sink) {
  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Fifo::deleteAll));
  }

  public static WrittenPipe open() throws IOException {
    OutputPipe source = OutputPipe.open();
    @SuppressWarnings("resource") // closing the channel closes it
    var sink = new FileOutputStream(source.writer());
    source.closeWriter();
    return new WrittenPipe(source, sink.getChannel());
  }
}
