package jlocal.terminal;

import java.nio.channels.WritableByteChannel;
import jlocal.logs.LogSink;

/** How the log is written. */
public sealed interface LogForm {
  /** For people. */
  record Text(LogStyle style) implements LogForm {}

  /** For programs: {@link JsonLines}. */
  record Json() implements LogForm {}

  /**
   * A sink that writes in this form. Lossless: waits for the reader.
   *
   * @param output written to by the hub's thread only, never closed; may be in non-blocking mode
   * @param outputGone called once, on the hub's thread, when the output cannot be written any more
   *     (its reader has gone): what comes later is dropped
   */
  default LogSink to(WritableByteChannel output, Legend legend, Runnable outputGone) {
    return switch (this) {
      case Text(var style) -> new LogPainter(style, legend, output, outputGone);
      case Json() -> new JsonLines(output, outputGone);
    };
  }
}
