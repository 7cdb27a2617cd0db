package jlocal.os;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A terminal for one child, which makes it write colours, flush by line and know its width. The
 * program's side stays open in this process until the child has exited, so that the output does not
 * end before the child has opened it.
 */
final class Pty extends ChildOutput {
  /**
   * The child opens its terminal itself and then leads a session without a controlling terminal:
   * when the leader of a controlled session exits, the kernel hangs up the rest of its group, and a
   * grandchild's last output is lost (npm start, gunicorn masters). But bash acquires any free
   * terminal on its stdin, so a sleeping process acquires it first; the kernel hangs up that one
   * when we close our side.
   */
  private static final String STUB =
      """
      exec <>"$0" >&0 2>&0
      : "$(setsid sh -c 'trap "" INT QUIT TSTP; : <>"$0"; exec sleep 2147483647 <&- >&- 2>&-' "$0" \
        2>/dev/null &)"
      exec "$@"
      """;

  /** How many bytes of past output a new viewer gets. */
  private static final int RECENT = 32 * 1024;

  private final int master;
  private final int slave;
  private final String path;
  private final WakeupPipe wakeup;
  private final PollSet set;
  private final RecentOutput recent = new RecentOutput(RECENT);
  private final List<ChildTerminal.Viewer> viewers = new ArrayList<>();
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
   * Opens a terminal.
   *
   * @throws IOException if none is available
   * @throws OutOfMemoryError if the system cannot create a thread
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

  /** The words before the session's wrapper and the command. */
  List<String> stub() {
    var stub = new ArrayList<>(Shell.transparent(STUB));
    stub.add(path);
    return stub;
  }

  /** Passes what is read to the viewers at once. */
  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!beginRead()) throw new ClosedChannelException();
    try {
      set.await();
      if (set.isReady(0)) throw new ClosedChannelException();
      int from = into.position();
      int count = Tty.read(master, MemorySegment.ofBuffer(into));
      if (count <= 0) return -1; // On Linux the end is reported as EIO.
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
    viewers.forEach(ChildTerminal.Viewer::closed);
    viewers.clear();
  }

  private synchronized void show(byte[] bytes) {
    recent.add(bytes);
    viewers.forEach(viewer -> viewer.shown(bytes));
  }

  synchronized byte[] watch(ChildTerminal.Viewer viewer) {
    if (masterOpen.get()) viewers.add(viewer);
    else viewer.closed();
    return recent.bytes();
  }

  synchronized void unwatch(ChildTerminal.Viewer viewer) {
    viewers.remove(viewer);
  }

  /** Blocks while the program does not read its input. */
  void type(byte[] keys) {
    if (masterOpen.get()) Tty.write(master, keys);
  }

  /** Discards unread input, as Ctrl-C does. */
  void dropTyped() {
    Tty.dropTyped(slave());
  }

  /** Whether keys such as Ctrl-C currently send signals. */
  boolean makesSignals() {
    return NativeTerminal.hasLocalFlag(slave(), NativeTerminal.ISIG);
  }

  /** Whether the program gets all keys, including Ctrl-C. */
  boolean isRaw() {
    return !makesSignals() && !NativeTerminal.hasLocalFlag(slave(), NativeTerminal.ICANON);
  }

  /** On Linux the master shares its slave's attributes, and is open for longer. */
  private int slave() {
    return slaveOpen.get() ? slave : master;
  }

  synchronized void resize(WindowSize size) {
    if (masterOpen.get()) NativeTerminal.resize(master, size);
  }

  synchronized boolean isWatched() {
    return !viewers.isEmpty();
  }

  /**
   * To be called when the child has exited: the output ends once its descendants have closed it,
   * too.
   */
  void closeSlave() {
    if (slaveOpen.compareAndSet(true, false)) Tty.close(slave);
  }
}
