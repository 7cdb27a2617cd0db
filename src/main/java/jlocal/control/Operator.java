package jlocal.control;

import java.nio.channels.WritableByteChannel;

/** Carries out what clients ask of the app; every call is on the thread of its own client. */
public interface Operator {
  /** Does what is asked; returns after it has been done. */
  Reply answer(Request request);

  /**
   * Writes the log into the channel, for as long as the request wants it or the channel is open.
   * May block in writing; what a slow reader misses is said.
   */
  void logs(Request.Logs request, WritableByteChannel out);
}
