package jlocal.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jlocal.os.PipeSize;
import jlocal.os.Threads;
import org.jspecify.annotations.Nullable;

/**
 * The thread that moves all text: in each round it reads every child that has written once, so that
 * no child waits for a flood of another, and has the drains write what it gave them.
 */
final class Pump implements Runnable {
  /** A round in which every child gave less than this did not need to be that early. */
  private static final int SMALL = 16 * 1024;

  /**
   * Rounds with little text begin at most this often: children that write line by line would wake
   * us for each of them. A line after a pause is not delayed.
   */
  private static final long MODERATION = TimeUnit.MICROSECONDS.toNanos(200);

  private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(100);

  /** More than these would cost a user other pipes' room; pipe(7), pipe-user-pages-soft. */
  private static final int LARGE_PIPES = 16;

  private final Selector selector;
  private final Delivery delivery;
  private final Announcements announcements = new Announcements();
  private final Queue<Inlet> arriving = new ConcurrentLinkedQueue<>();
  private final List<Inlet> inlets = new ArrayList<>();
  private final List<Inlet> ready = new ArrayList<>();
  private final Set<Inlet> large = new HashSet<>();
  private final ByteBuffer room = Room.allocate(Room.LINE + Room.READ);
  private final Deadline deadline = new Deadline();
  private final Floor floor = new Floor();
  private final AtomicLong steps = new AtomicLong();
  private volatile boolean ended;
  private long roundBegan = System.nanoTime();
  private int mostRead;
  private int amount = Room.READ;

  Pump(Selector selector, Delivery delivery) {
    this.selector = selector;
    this.delivery = delivery;
  }

  void take(Inlet inlet) {
    arriving.add(inlet);
    if (ended) abandonArriving();
    selector.wakeup();
  }

  void say(Source source, String text, @Nullable Runnable then) {
    announcements.add(source, text, then);
    selector.wakeup();
  }

  /** How many steps have been begun: whether the drains go on. */
  long steps() {
    return steps.get();
  }

  void endWithin(long nanos) {
    deadline.set(nanos);
    selector.wakeup();
  }

  @Override
  public void run() {
    try (selector) {
      while (!deadline.isSet()) {
        goOn();
      }
      lastRounds();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ended = true;
      inlets.forEach(Inlet::abandon);
      abandonArriving();
    }
  }

  /** One round; what fails in it, whatever it is, is not the end of the log. */
  private void goOn() {
    try {
      moderate();
      await(untilDue());
      round();
    } catch (IOException | RuntimeException | Error failure) {
      ready.clear();
      Threads.report(failure);
      LockSupport.parkNanos(this, AFTER_FAILURE);
    }
  }

  /** Takes what is there already, and waits for no more of it. */
  private void lastRounds() throws IOException {
    do {
      selector.selectNow(this::collect);
      if (ready.isEmpty() && arriving.isEmpty() && announcements.isEmpty()) break;
      round();
      moderate();
    } while (!deadline.isOver());
    for (Inlet inlet : inlets) inlet.end(room, delivery);
    inlets.clear();
    delivery.flush();
  }

  private void moderate() {
    if (mostRead == 0 || mostRead >= SMALL) return;
    long early = MODERATION - (System.nanoTime() - roundBegan);
    if (early > 0) LockSupport.parkNanos(this, early);
  }

  private void await(long nanos) throws IOException {
    if (nanos == Inlet.NEVER) {
      selector.select(this::collect);
    } else if (nanos <= 0) {
      selector.selectNow(this::collect);
    } else {
      selector.select(this::collect, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
    }
  }

  private void collect(SelectionKey key) {
    ready.add((Inlet) key.attachment());
  }

  private long untilDue() {
    if (!announcements.isEmpty()) return 0;
    long now = System.nanoTime();
    long soonest = Inlet.NEVER;
    for (int i = 0; i < inlets.size(); i++) {
      long due = inlets.get(i).due();
      if (due != Inlet.NEVER) soonest = Math.min(soonest, due - now);
    }
    return soonest;
  }

  private void round() throws IOException {
    steps.incrementAndGet();
    roundBegan = System.nanoTime();
    mostRead = 0;
    register();
    if (!announcements.isEmpty()) announce();
    for (int i = 0; i < ready.size(); i++) read(ready.get(i));
    ready.clear();
    for (int i = 0; i < inlets.size(); i++) showOverdue(inlets.get(i));
    delivery.flush();
    announcements.written();
    amount = Pace.next(amount, mostRead, System.nanoTime() - roundBegan);
  }

  private void announce() {
    if (mayNotSpeak(null)) return;
    count(announcements.deliver(room, delivery));
  }

  private void read(Inlet inlet) {
    if (mayNotSpeak(inlet)) return;
    steps.incrementAndGet();
    int count = inlet.read(room, amount, delivery, roundBegan);
    count(count);
    if (count == Inlet.ENDED) {
      inlets.remove(inlet);
      large.remove(inlet);
      inlet.end(room, delivery);
    }
    if (inlet.isFoundChatty() && large.size() < LARGE_PIPES && large.add(inlet)) {
      Threads.optional("pipe size", () -> PipeSize.grow(inlet.pipe()));
    }
    floor.spoke(inlet, inlet.isInLongLine());
  }

  private void showOverdue(Inlet inlet) {
    long due = inlet.due();
    if (due == Inlet.NEVER || due - roundBegan > 0 || mayNotSpeak(inlet)) return;
    inlet.overdue(room, delivery);
  }

  private boolean mayNotSpeak(@Nullable Inlet inlet) {
    if (floor.isFor(inlet, roundBegan)) return false;
    // Whoever waits for its turn is ready in the next round as well: it need not be at once.
    count(1);
    return true;
  }

  private void count(int bytes) {
    mostRead = Math.max(mostRead, bytes);
  }

  private void register() throws IOException {
    Inlet inlet;
    while ((inlet = arriving.poll()) != null) {
      if (!inlet.pipe().isOpen()) {
        inlet.abandon();
        continue;
      }
      inlet.pipe().configureBlocking(false);
      inlet.pipe().register(selector, SelectionKey.OP_READ, inlet);
      inlets.add(inlet);
    }
  }

  private void abandonArriving() {
    Inlet inlet;
    while ((inlet = arriving.poll()) != null) inlet.abandon();
  }
}
