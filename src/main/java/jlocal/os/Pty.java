package jlocal.os;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A terminal for one child: it colours, flushes line by line and knows its width. The program's
 * side stays open in this process until the child has exited, so that its output does not end
 * before the child has opened it.
 */
final class Pty extends ChildOutput {
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
  private final WakeupPipe wakeup;
  private final PollSet set;
  private final RecentOutput recent = new RecentOutput(RECENT);
  private final List<Screen.Onlooker> onlookers = new ArrayList<>();
  private final AtomicBoolean masterOpen = new AtomicBoolean(true);
  private final AtomicBoolean slaveOpen = new AtomicBoolean(true);
  private boolean reading;
  private boolean closed;

  private Pty(NativeTerminal.Pair pair, WakeupPipe wakeup) {
    master = pair.master();
    path = pair.path();
    slave = pair.slave();
    this.wakeup = wakeup;
    set = new PollSet(List.of(wakeup.reader(), master));
  }

  /**
   * A new terminal.
   *
   * @throws IOException when there is none to be had
   * @throws OutOfMemoryError when the system has no thread to give
   */
  static Pty open(WindowSize size) throws IOException {
    WakeupPipe wakeup = WakeupPipe.open();
    NativeTerminal.Pair pair = null;
    try {
      pair = NativeTerminal.open(size);
      return new Pty(pair, wakeup);
    } catch (IOException | OutOfMemoryError e) {
      wakeup.close();
      if (pair != null) Tty.close(pair.master());
      if (pair != null) Tty.close(pair.slave());
      throw e;
    }
  }

  /** What goes before the session's wrapper and the command. */
  List<String> stub() {
    var stub = new ArrayList<>(Shell.transparent(STUB));
    stub.add(path);
    return stub;
  }

  /** Onlookers get at once what is read. */
  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!beginRead()) throw new ClosedChannelException();
    try {
      set.await();
      if (set.isReady(0)) throw new ClosedChannelException();
      int from = into.position();
      int count = Tty.read(master, MemorySegment.ofBuffer(into));
      if (count <= 0) return -1; // On Linux the end is an error, EIO.
      byte[] bytes = new byte[count];
      into.get(from, bytes).position(from + count);
      show(bytes);
      return count;
    } finally {
      endRead();
    }
  }

  private synchronized boolean beginRead() {
    reading = !closed;
    return reading;
  }

  private synchronized void endRead() {
    reading = false;
    if (closed) release();
  }

  @Override
  public synchronized boolean isEmpty() {
    if (!masterOpen.get()) return true;
    var now = new PollSet(List.of(master));
    now.await(0);
    return !now.isReady(0);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (reading) wakeup.wakeup();
    else release();
  }

  private void release() {
    if (!masterOpen.compareAndSet(true, false)) return;
    Tty.close(master);
    wakeup.close();
    onlookers.forEach(Screen.Onlooker::closed);
    onlookers.clear();
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
}
