package jlocal.control;

import java.nio.channels.WritableByteChannel;
import java.util.function.Consumer;

/** A client that stays on the line. */
public interface Caller {
  /** What is written here reaches the client; waits for it. */
  WritableByteChannel out();

  /**
   * Hears the client out, on a thread of its own, until it hangs up.
   *
   * @param line gets each further line it says
   * @param gone runs once, when it has hung up or the app ends
   */
  void listen(Consumer<String> line, Runnable gone);
}
