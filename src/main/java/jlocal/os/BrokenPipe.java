package jlocal.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Objects;

/**
 * Recognizes EPIPE, the error of a pipe without a reader. The JDK reports only the text of
 * strerror(3), which depends on the locale, so it is compared with the error of a pipe broken on
 * purpose.
 */
public final class BrokenPipe {
  private BrokenPipe() {}

  /** Whether a write failed because the pipe or socket no longer has a reader. */
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
