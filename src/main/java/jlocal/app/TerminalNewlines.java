package jlocal.app;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Converts a child's terminal output for another terminal. For the log, our terminals do not turn
 * LF into CR LF, so that is done here; except for full-screen programs, which place the cursor
 * themselves and are recognized by the alternate screen (xterm's ?1049, ?1047 and ?47).
 */
final class TerminalNewlines {
  private final StringBuilder sequence = new StringBuilder();
  private boolean fullScreen;
  private byte last;

  TerminalNewlines(boolean fullScreen) {
    this.fullScreen = fullScreen;
  }

  /** Whether the last switch entered the alternate screen. */
  static boolean endsInFullScreen(byte[] recent, boolean otherwise) {
    String text = new String(recent, StandardCharsets.ISO_8859_1);
    int entered = lastOf(text, 'h');
    int left = lastOf(text, 'l');
    return entered == left ? otherwise : entered > left;
  }

  private static int lastOf(String text, char end) {
    int last = -1;
    for (String mode : new String[] {"1049", "1047", "47"}) {
      last = Math.max(last, text.lastIndexOf("\033[?" + mode + end));
    }
    return last;
  }

  byte[] of(byte[] shown) {
    var text = new ByteArrayOutputStream(shown.length);
    for (byte b : shown) {
      if (b == '\n' && last != '\r' && !fullScreen) text.write('\r');
      text.write(b);
      follow((char) (b & 0xff));
      last = b;
    }
    return text.toByteArray();
  }

  private void follow(char c) {
    if (c == '\033') {
      sequence.setLength(0);
      sequence.append(c);
    } else if (!sequence.isEmpty()) {
      sequence.append(c);
      boolean goesOn = c == '[' || c == '?' || c == ';' || (c >= '0' && c <= '9');
      if (goesOn && sequence.length() < 32) return;
      String whole = sequence.toString();
      if (whole.matches("\033\\[\\?(1049|1047|47)[hl]")) fullScreen = c == 'h';
      sequence.setLength(0);
    }
  }
}
