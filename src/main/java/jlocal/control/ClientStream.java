package jlocal.control;

import java.nio.channels.WritableByteChannel;
import java.util.function.Consumer;

/** The connection of a client to which something is streamed. */
public interface ClientStream {
  /** What is written here reaches the client; writing blocks while it does not read. */
  WritableByteChannel out();

  /**
   * Reads further lines of the client, on a thread of its own, until it closes the connection.
   *
   * @param line is given each
   * @param closed runs once, when the client has closed the connection or the app ends
   */
  void listen(Consumer<String> line, Runnable closed);
}
