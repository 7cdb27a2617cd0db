package jlocal.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A terminal for one child: it colours, flushes line by line and knows its width. The program's
 * side stays open in this process until the child has exited, so that its output does not end
 * before the child has opened it.
 */
final class Pty {
  /**
   * The child opens its terminal itself and then leads a session, without being controlled by the
   * terminal: when the leader of a controlled session exits, the kernel hangs up on the rest of its
   * group, and what a grandchild still has to say is lost (npm start, gunicorn masters). But bash
   * takes any free terminal it finds on its stdin, so a sleeping process takes it before; the
   * kernel hangs up on that one when we close our side.
   */
  private static final String STUB =
      """
      exec <>"$0" >&0 2>&0
      : "$(setsid sh -c 'trap "" INT QUIT TSTP; : <>"$0"; exec sleep 2147483647 <&- >&- 2>&-' "$0" \
        2>/dev/null &)"
      exec "$@"
      """;

  /** Bytes of past output that a new viewer gets. */
  private static final int RECENT = 32 * 1024;

  private final int master;
  private final int slave;
  private final String path;
  private final Pipe output;
  private final RecentOutput recent = new RecentOutput(RECENT);
  private final List<Screen.Onlooker> onlookers = new ArrayList<>();
  private final AtomicBoolean masterOpen = new AtomicBoolean(true);
  private final AtomicBoolean slaveOpen = new AtomicBoolean(true);

  private ByteBuffer unread = ByteBuffer.allocate(0);

  private Pty(int master, String path, int slave, Pipe output) {
    this.master = master;
    this.path = path;
    this.slave = slave;
    this.output = output;
  }

  static Pty open(WindowSize size) throws IOException {
    Pipe output = Pipe.open();
    output.sink().configureBlocking(false);
    NativeTerminal.Pair pair = NativeTerminal.open(size);
    return new Pty(pair.master(), pair.path(), pair.slave(), output);
  }

  /** What goes before the session's wrapper and the command. */
  List<String> stub() {
    var stub = new ArrayList<>(Shell.transparent(STUB));
    stub.add(path);
    return stub;
  }

  int master() {
    return master;
  }

  /** The terminal has shown these bytes: onlookers get them at once, the log when it has room. */
  void copy(byte[] bytes) throws IOException {
    show(bytes);
    unread = ByteBuffer.wrap(bytes);
    flush();
  }

  /** Gives the log more of what it had no room for; whether it took any. */
  boolean flush() throws IOException {
    return output.sink().write(unread) > 0;
  }

  /** Whether the log has not taken all yet. */
  boolean isBlocked() {
    return unread.hasRemaining();
  }

  /** Nothing more comes. */
  void end() {
    unread.position(unread.limit());
    closeMaster();
    try {
      output.sink().close();
    } catch (IOException _) {
      // It has no reader either.
    }
  }

  /** What the terminal has shown. */
  Pipe.SourceChannel source() {
    return output.source();
  }

  private synchronized void show(byte[] bytes) {
    recent.add(bytes);
    onlookers.forEach(onlooker -> onlooker.shown(bytes));
  }

  synchronized byte[] watch(Screen.Onlooker onlooker) {
    if (masterOpen.get()) onlookers.add(onlooker);
    else onlooker.closed();
    return recent.bytes();
  }

  synchronized void unwatch(Screen.Onlooker onlooker) {
    onlookers.remove(onlooker);
  }

  /** May wait while the program does not read what was typed before. */
  void type(byte[] keys) {
    if (masterOpen.get()) Tty.write(master, keys);
  }

  /** What was typed and not read is forgotten, as Ctrl-C has it. */
  void dropTyped() {
    Tty.dropTyped(slave());
  }

  /** Whether keys such as Ctrl-C are signals now. */
  boolean makesSignals() {
    return NativeTerminal.hasLocalFlag(slave(), NativeTerminal.ISIG);
  }

  /** Whether every key is the program's, Ctrl-C included. */
  boolean isRaw() {
    return !makesSignals() && !NativeTerminal.hasLocalFlag(slave(), NativeTerminal.ICANON);
  }

  /** On Linux the master has the attributes of its slave, too, and is open for longer. */
  private int slave() {
    return slaveOpen.get() ? slave : master;
  }

  synchronized void resize(WindowSize size) {
    if (masterOpen.get()) NativeTerminal.resize(master, size);
  }

  synchronized boolean isWatched() {
    return !onlookers.isEmpty();
  }

  /** The child has exited: when its descendants have closed it too, the output ends. */
  void closeSlave() {
    if (slaveOpen.compareAndSet(true, false)) Tty.close(slave);
  }

  synchronized void closeMaster() {
    if (!masterOpen.compareAndSet(true, false)) return;
    Tty.close(master);
    onlookers.forEach(Screen.Onlooker::closed);
    onlookers.clear();
  }
}
