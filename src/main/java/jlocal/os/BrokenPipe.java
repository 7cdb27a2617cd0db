package jlocal.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Objects;

/**
 * Tells EPIPE, the error of a pipe without a reader, from other errors of a write. The JDK reports
 * an error only by strerror(3)'s text, which depends on the locale, so it is compared with that of
 * a pipe broken on purpose.
 */
public final class BrokenPipe {
  private BrokenPipe() {}

  /** Whether a write failed because the pipe or socket has no reader any more. */
  public static boolean is(IOException failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    return message.equals("Broken pipe") || message.equals(Reference.MESSAGE);
  }

  private static final class Reference {
    static final String MESSAGE = message();

    private static String message() {
      try {
        Pipe pipe = Pipe.open();
        try (var sink = pipe.sink()) {
          pipe.source().close();
          sink.write(ByteBuffer.wrap(new byte[1]));
        }
      } catch (IOException e) {
        return Objects.requireNonNullElse(e.getMessage(), "");
      }
      return "";
    }
  }
}
