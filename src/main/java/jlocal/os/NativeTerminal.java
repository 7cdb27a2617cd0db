package jlocal.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.nativ.CLibrary;
import org.jline.nativ.CLibrary.Termios;
import org.jline.nativ.CLibrary.WinSize;
import org.jspecify.annotations.Nullable;

/**
 * Opens, configures and measures terminals; openpty(3), termios(3), ioctl_tty(2). Uses JLine's JNI
 * library, which loads faster than foreign functions can be linked.
 */
final class NativeTerminal {
  private static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

  private static final long OPOST = 1;
  private static final long NOFLSH = MAC ? 0x80000000L : 0x80;
  private static final long ECHO = 8;
  private static final long ECHONL = MAC ? 0x10 : 0x40;
  private static final long IEXTEN = MAC ? 0x400 : 0x8000;

  /** The mode flag: programs read lines rather than keys. */
  static final long ICANON = MAC ? 0x100 : 2;

  /** The mode flag: Ctrl-C sends a signal. */
  static final long ISIG = MAC ? 0x80 : 1;

  /** IGNBRK, BRKINT, PARMRK, ISTRIP, INLCR, IGNCR, ICRNL and IXON. */
  private static final long INPUT_CONVERSIONS = MAC ? 0x3ebL : 0x5ebL;

  private static final long PARENB = MAC ? 0x1000 : 0x100;
  private static final long CS8 = MAC ? 0x300 : 0x30;
  private static final int VMIN = MAC ? 16 : 6;
  private static final int VTIME = MAC ? 17 : 5;
  private static final int PATH_BYTES = 1024;

  private NativeTerminal() {}

  /**
   * A pseudo-terminal.
   *
   * @param master the descriptor of the terminal's side
   * @param slave the descriptor of the program's side
   * @param path of the program's side
   */
  record Pair(int master, int slave, String path) {}

  /**
   * Opens a pseudo-terminal that passes output unchanged (no CR before LF) and does not discard it
   * when a key sends a signal.
   *
   * @throws IOException if none is available, or the library cannot be loaded
   */
  static Pair open(WindowSize size) throws IOException {
    int[] master = new int[1];
    int[] slave = new int[1];
    byte[] path = new byte[PATH_BYTES];
    try {
      if (CLibrary.openpty(master, slave, path, null, winSize(size)) != 0) {
        throw new IOException("no terminal could be opened");
      }
    } catch (RuntimeException | LinkageError e) {
      throw new IOException("JLine's library cannot be loaded", e);
    }
    Termios attributes = attributes(slave[0]);
    if (attributes != null) {
      attributes.c_oflag &= ~OPOST;
      attributes.c_lflag |= NOFLSH;
      set(slave[0], attributes);
    }
    int length = 0;
    while (length < path.length && path[length] != 0) length++;
    return new Pair(master[0], slave[0], new String(path, 0, length, StandardCharsets.US_ASCII));
  }

  /** Returns the mode of a terminal; null if it is none, or the library cannot be loaded. */
  static @Nullable Termios attributes(int terminal) {
    try {
      var attributes = new Termios();
      return CLibrary.tcgetattr(terminal, attributes) == 0 ? attributes : null;
    } catch (RuntimeException | LinkageError _) {
      return null;
    }
  }

  static void set(int terminal, Termios attributes) {
    var _ = CLibrary.tcsetattr(terminal, CLibrary.TCSANOW, attributes);
  }

  /** Returns a mode that passes keys as typed, and output unchanged; cfmakeraw(3). */
  static Termios raw(Termios before) {
    Termios raw = copy(before);
    raw.c_iflag &= ~INPUT_CONVERSIONS;
    raw.c_oflag &= ~OPOST;
    raw.c_lflag &= ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    raw.c_cflag = (raw.c_cflag & ~PARENB) | CS8;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    return raw;
  }

  /** Returns a mode that passes keys at once, without echo; all else is unchanged. */
  static Termios cbreak(Termios before) {
    Termios cbreak = copy(before);
    cbreak.c_lflag &= ~(ECHO | ICANON);
    return cbreak;
  }

  private static Termios copy(Termios from) {
    var copy = new Termios();
    copy.c_iflag = from.c_iflag;
    copy.c_oflag = from.c_oflag;
    copy.c_cflag = from.c_cflag;
    copy.c_lflag = from.c_lflag;
    copy.c_cc = from.c_cc.clone();
    copy.c_ispeed = from.c_ispeed;
    copy.c_ospeed = from.c_ospeed;
    return copy;
  }

  static boolean hasLocalFlag(int terminal, long flag) {
    Termios attributes = attributes(terminal);
    return attributes != null && (attributes.c_lflag & flag) != 0;
  }

  /** Returns the size of a terminal, or the default if it is none. */
  static WindowSize size(int terminal) {
    try {
      var size = new WinSize();
      boolean known = CLibrary.ioctl(terminal, CLibrary.TIOCGWINSZ, size) == 0;
      return known && size.ws_row > 0 && size.ws_col > 0
          ? new WindowSize(size.ws_row, size.ws_col)
          : WindowSize.UNKNOWN;
    } catch (RuntimeException | LinkageError _) {
      return WindowSize.UNKNOWN;
    }
  }

  /** Sets the size of a pty; its foreground group, if any, gets SIGWINCH. */
  static void resize(int master, WindowSize size) {
    var _ = CLibrary.ioctl(master, CLibrary.TIOCSWINSZ, winSize(size));
  }

  private static WinSize winSize(WindowSize size) {
    return new WinSize((short) size.rows(), (short) size.columns());
  }
}
