package jlocal.router;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;

/**
 * One lane's connections to one instance. The last one used is the first one used again, so that
 * spare ones grow old and go.
 */
final class BackendPool {
  /** Who wants a connection. */
  interface Borrower {
    /** Here it is; called at once or later. */
    void lent(BackendConnection connection);

    /** The instance takes no connection; nothing was sent. */
    void unreachable(Backend backend);

    /** Whether it is still wanted. */
    boolean waits();
  }

  /** Connections to one instance from one lane; further requests queue for them. */
  private static final int MOST = 512;

  private static final OptionMap NO_DELAY = OptionMap.create(Options.TCP_NODELAY, true);

  private final Lane lane;
  private final Backend backend;
  private final ArrayDeque<BackendConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Borrower> queue = new ArrayDeque<>();
  private int open;
  private boolean dropped;

  BackendPool(Lane lane, Backend backend) {
    this.lane = lane;
    this.backend = backend;
  }

  Lane lane() {
    return lane;
  }

  Backend backend() {
    return backend;
  }

  /**
   * Lends a connection.
   *
   * @param onlyOnce whether the request cannot be sent again
   */
  void lend(Borrower borrower, boolean onlyOnce) {
    BackendConnection reused = usable(onlyOnce);
    if (reused != null) borrower.lent(reused);
    else lendNew(borrower);
  }

  /** Lends a connection that was never used. */
  void lendNew(Borrower borrower) {
    if (open >= MOST) queue.addLast(borrower);
    else connect(borrower);
  }

  private @Nullable BackendConnection usable(boolean onlyOnce) {
    for (BackendConnection each = idle.pollLast(); each != null; each = idle.pollLast()) {
      if (each.isFresh(onlyOnce)) return each;
      each.close();
    }
    return null;
  }

  private void connect(Borrower borrower) {
    open++;
    new Attempt(borrower, backend.usual(), true).start();
  }

  /** One try to reach an address; the other loopback address is tried when it refuses. */
  private final class Attempt implements IoFuture.Notifier<StreamConnection, Void> {
    private final Borrower borrower;
    private final InetSocketAddress address;
    private final boolean first;

    Attempt(Borrower borrower, InetSocketAddress address, boolean first) {
      this.borrower = borrower;
      this.address = address;
      this.first = first;
    }

    void start() {
      lane.thread().openStreamConnection(address, this::opened, NO_DELAY).addNotifier(this, null);
    }

    private void opened(StreamConnection stream) {
      backend.worked(address);
      var connection = new BackendConnection(BackendPool.this, stream);
      if (borrower.waits()) borrower.lent(connection);
      else giveBack(connection);
    }

    @Override
    public void notify(IoFuture<? extends StreamConnection> future, Void nothing) {
      if (future.getStatus() != IoFuture.Status.FAILED) return;
      if (first) {
        new Attempt(borrower, backend.other(address), false).start();
        return;
      }
      open--;
      if (borrower.waits()) borrower.unreachable(backend);
      serveQueue();
    }
  }

  /** Takes a connection that can be used again. */
  void giveBack(BackendConnection connection) {
    Borrower next = nextInQueue();
    if (dropped) connection.close();
    else if (next != null) next.lent(connection);
    else idle.addLast(connection);
  }

  /** Hears that a connection, idle or in use, was closed. */
  void closed(BackendConnection connection) {
    open--;
    idle.remove(connection);
    serveQueue();
  }

  private void serveQueue() {
    Borrower next = open < MOST ? nextInQueue() : null;
    if (next != null) connect(next);
  }

  private @Nullable Borrower nextInQueue() {
    Borrower next = queue.pollFirst();
    while (next != null && !next.waits()) next = queue.pollFirst();
    return next;
  }

  void drop() {
    dropped = true;
    for (BackendConnection each : idle.toArray(BackendConnection[]::new)) each.close();
  }
}
