package jlocal.os;

import static jlocal.os.Libc.call;
import static jlocal.os.Libc.link;
import static jlocal.os.Libc.linkVariadic;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The native calls about terminals; pty(7), termios(3), ioctl_tty(2). */
final class Tty {
  private static final MethodHandle IOCTL = linkVariadic("ioctl");
  private static final MethodHandle READ = link("read");
  private static final MethodHandle WRITE = link("write");
  private static final MethodHandle POLL = link("poll");
  private static final MethodHandle CLOSE = link("close");
  private static final MethodHandle OPENPT = link("posix_openpt");
  private static final MethodHandle GRANT = link("grantpt");
  private static final MethodHandle UNLOCK = link("unlockpt");
  private static final MethodHandle NAME = link("ptsname_r");
  private static final MethodHandle OPEN = link("open");
  private static final MethodHandle GET_ATTRIBUTES = link("tcgetattr");
  private static final MethodHandle SET_ATTRIBUTES = link("tcsetattr");

  private static final boolean MAC = Libc.isMac();
  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = MAC ? 0x20000 : 0x100;
  private static final long TIOCGWINSZ = MAC ? 0x40087468L : 0x5413L;
  private static final long TIOCSWINSZ = MAC ? 0x80087467L : 0x5414L;
  private static final int PATH_BYTES = 128;
  private static final int WINSIZE_BYTES = 8;

  /** Larger than any struct termios; its flags are 4 bytes each on Linux, 8 on macOS. */
  private static final int TERMIOS_BYTES = 128;

  private static final int FLAG_BYTES = MAC ? 8 : 4;
  private static final long OUTPUT_FLAGS = FLAG_BYTES;
  private static final long LOCAL_FLAGS = 3L * FLAG_BYTES;
  private static final int OPOST = 1;
  private static final int ECHO = 8;
  private static final int NOFLSH = MAC ? 0x80000000 : 0x80;
  private static final int TCIFLUSH = MAC ? 1 : 0;

  /** Lines, not keys, are what a program reads. */
  static final int ICANON = MAC ? 0x100 : 2;

  /** Ctrl-C is a signal. */
  static final int ISIG = MAC ? 0x80 : 1;

  private static final ValueLayout.OfInt LITTLE = ValueLayout.JAVA_INT_UNALIGNED;

  private Tty() {}

  /** posix_openpt(3), grantpt(3) and unlockpt(3): the master's descriptor, or minus the errno. */
  static int openMaster() {
    int master = call(OPENPT, O_RDWR | O_NOCTTY);
    if (master < 0) return master;
    int granted = call(GRANT, master);
    int unlocked = granted < 0 ? granted : call(UNLOCK, master);
    if (unlocked < 0) close(master);
    return unlocked < 0 ? unlocked : master;
  }

  /** ptsname_r(3): the path of the other side. */
  static String slavePath(int master) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocate(PATH_BYTES);
      call(NAME, master, path.address(), PATH_BYTES);
      return path.getString(0, StandardCharsets.US_ASCII);
    }
  }

  /** open(2) for reading and writing, never as our own controlling terminal. */
  static int open(String path) {
    try (Arena arena = Arena.ofConfined()) {
      return call(OPEN, arena.allocateFrom(path).address(), O_RDWR | O_NOCTTY);
    }
  }

  static void close(int descriptor) {
    call(CLOSE, descriptor);
  }

  /**
   * No CR before LF, and nothing thrown away when a key makes a signal: what the program writes is
   * what we read; tcsetattr(3).
   */
  static void passOutputUnchanged(int slave) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(TERMIOS_BYTES, 8);
      if (call(GET_ATTRIBUTES, slave, attributes.address()) < 0) return;
      clear(attributes, OUTPUT_FLAGS, OPOST);
      set(attributes, LOCAL_FLAGS, NOFLSH);
      call(SET_ATTRIBUTES, slave, 0, attributes.address());
    }
  }

  /** How a terminal is set; null when it is none. tcgetattr(3) */
  static byte @Nullable [] attributes(int terminal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(TERMIOS_BYTES, 8);
      if (call(GET_ATTRIBUTES, terminal, attributes.address()) < 0) return null;
      return attributes.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** Sets a terminal to {@link #attributes}; tcsetattr(3). */
  static void setAttributes(int terminal, byte[] attributes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment native8 = arena.allocate(TERMIOS_BYTES, 8);
      MemorySegment.copy(attributes, 0, native8, ValueLayout.JAVA_BYTE, 0, attributes.length);
      call(SET_ATTRIBUTES, terminal, 0, native8.address());
    }
  }

  /** Every key comes as it is typed, and output goes out as it is; cfmakeraw(3). */
  static void setRaw(int terminal, byte[] before) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(TERMIOS_BYTES, 8);
      MemorySegment.copy(before, 0, attributes, ValueLayout.JAVA_BYTE, 0, before.length);
      call(link("cfmakeraw"), attributes.address());
      call(SET_ATTRIBUTES, terminal, 0, attributes.address());
    }
  }

  /** Keys come at once and are not shown; all else stays. */
  static void setKeys(int terminal, byte[] before) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(TERMIOS_BYTES, 8);
      MemorySegment.copy(before, 0, attributes, ValueLayout.JAVA_BYTE, 0, before.length);
      clear(attributes, LOCAL_FLAGS, ECHO | ICANON);
      call(SET_ATTRIBUTES, terminal, 0, attributes.address());
    }
  }

  /** Whether this process may read from its terminal and set it; tcgetpgrp(3). */
  static boolean isInForeground(int terminal) {
    return call(link("tcgetpgrp"), terminal) == call(link("getpgrp"));
  }

  static boolean hasLocalFlag(int terminal, int flag) {
    byte[] attributes = attributes(terminal);
    if (attributes == null) return false;
    int flags = MemorySegment.ofArray(attributes).get(LITTLE, LOCAL_FLAGS);
    return (flags & flag) != 0;
  }

  /** write(2), all of it. */
  static void write(int descriptor, byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(Math.max(1, bytes.length));
      MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
      for (int at = 0; at < bytes.length; ) {
        int written = call(WRITE, descriptor, text.address() + at, bytes.length - at);
        if (written <= 0) return;
        at += written;
      }
    }
  }

  /** What was typed and not read is forgotten; tcflush(3). */
  static void dropTyped(int slave) {
    call(link("tcflush"), slave, TCIFLUSH);
  }

  private static void set(MemorySegment attributes, long offset, int bit) {
    int flags = attributes.get(ValueLayout.JAVA_INT, offset);
    attributes.set(ValueLayout.JAVA_INT, offset, flags | bit);
  }

  private static void clear(MemorySegment attributes, long offset, int bit) {
    int flags = attributes.get(ValueLayout.JAVA_INT, offset);
    attributes.set(ValueLayout.JAVA_INT, offset, flags & ~bit);
  }

  /** The size of a terminal, or the usual one when it is none. */
  static WindowSize size(int terminal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WINSIZE_BYTES);
      boolean known = call(IOCTL, terminal, TIOCGWINSZ, size.address()) == 0;
      int rows = size.get(ValueLayout.JAVA_SHORT, 0);
      int columns = size.get(ValueLayout.JAVA_SHORT, 2);
      return known && rows > 0 && columns > 0 ? new WindowSize(rows, columns) : WindowSize.UNKNOWN;
    }
  }

  /** Sets the size of a pty; its foreground group, if it has one, gets SIGWINCH. */
  static void resize(int master, WindowSize size) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(WINSIZE_BYTES);
      bytes.set(ValueLayout.JAVA_SHORT, 0, (short) size.rows());
      bytes.set(ValueLayout.JAVA_SHORT, 2, (short) size.columns());
      call(IOCTL, master, TIOCSWINSZ, bytes.address());
    }
  }

  /** read(2): how many bytes, 0 at the end, or minus the errno (EIO at the end on Linux). */
  static int read(int descriptor, MemorySegment into) {
    return call(READ, descriptor, into.address(), into.byteSize());
  }

  /**
   * poll(2).
   *
   * @param limit in milliseconds; -1 for none
   */
  static int poll(MemorySegment descriptors, int count, int limit) {
    return call(POLL, descriptors.address(), count, limit);
  }
}
