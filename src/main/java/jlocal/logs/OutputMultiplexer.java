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
 * no child waits for a flood of another, and has the sinks write what it gave them.
 */
final class OutputMultiplexer implements Runnable {
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
  private final SinkDispatcher delivery;
  private final AnnouncementQueue announcements = new AnnouncementQueue();
  private final Queue<LineReader> arriving = new ConcurrentLinkedQueue<>();
  private final List<LineReader> readers = new ArrayList<>();
  private final List<LineReader> ready = new ArrayList<>();
  private final Set<LineReader> large = new HashSet<>();
  private final ByteBuffer buffer = LogBuffers.allocate(LogBuffers.LINE + LogBuffers.READ);
  private final Deadline deadline = new Deadline();
  private final LineOwnership ownership = new LineOwnership();
  private final AtomicLong steps = new AtomicLong();
  private volatile boolean ended;
  private long roundBegan = System.nanoTime();
  private int mostRead;
  private int amount = LogBuffers.READ;

  OutputMultiplexer(Selector selector, SinkDispatcher delivery) {
    this.selector = selector;
    this.delivery = delivery;
  }

  void take(LineReader reader) {
    arriving.add(reader);
    if (ended) abandonArriving();
    selector.wakeup();
  }

  void say(Source source, String text, @Nullable Runnable then) {
    announcements.add(source, text, then);
    selector.wakeup();
  }

  /** How many steps have been begun: whether the sinks go on. */
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
      readers.forEach(LineReader::abandon);
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
    for (LineReader reader : readers) reader.end(buffer, delivery);
    readers.clear();
    delivery.flush();
  }

  private void moderate() {
    if (mostRead == 0 || mostRead >= SMALL) return;
    long early = MODERATION - (System.nanoTime() - roundBegan);
    if (early > 0) LockSupport.parkNanos(this, early);
  }

  private void await(long nanos) throws IOException {
    if (nanos == LineReader.NEVER) {
      selector.select(this::collect);
    } else if (nanos <= 0) {
      selector.selectNow(this::collect);
    } else {
      selector.select(this::collect, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
    }
  }

  private void collect(SelectionKey key) {
    ready.add((LineReader) key.attachment());
  }

  private long untilDue() {
    if (!announcements.isEmpty()) return 0;
    long now = System.nanoTime();
    long soonest = LineReader.NEVER;
    for (int i = 0; i < readers.size(); i++) {
      long due = readers.get(i).due();
      if (due != LineReader.NEVER) soonest = Math.min(soonest, due - now);
    }
    return soonest;
  }

  private void round() throws IOException {
    steps.incrementAndGet();
    roundBegan = System.nanoTime();
    mostRead = 0;
    register();
    if (!announcements.isEmpty()) writeAnnouncements();
    for (int i = 0; i < ready.size(); i++) read(ready.get(i));
    ready.clear();
    for (int i = 0; i < readers.size(); i++) showOverdue(readers.get(i));
    delivery.flush();
    announcements.written();
    amount = ReadSize.next(amount, mostRead, System.nanoTime() - roundBegan);
  }

  private void writeAnnouncements() {
    if (mustWait(null)) return;
    count(announcements.deliver(buffer, delivery));
  }

  private void read(LineReader reader) {
    if (mustWait(reader)) return;
    steps.incrementAndGet();
    int count = reader.read(buffer, amount, delivery, roundBegan);
    count(count);
    if (count == LineReader.ENDED) {
      readers.remove(reader);
      large.remove(reader);
      reader.end(buffer, delivery);
    }
    if (reader.isFoundChatty() && large.size() < LARGE_PIPES && large.add(reader)) {
      Threads.optional("pipe size", () -> PipeSize.grow(reader.pipe()));
    }
    ownership.afterRead(reader, reader.isInLongLine());
  }

  private void showOverdue(LineReader reader) {
    long due = reader.due();
    if (due == LineReader.NEVER || due - roundBegan > 0 || mustWait(reader)) return;
    reader.overdue(buffer, delivery);
  }

  private boolean mustWait(@Nullable LineReader reader) {
    if (ownership.isFor(reader, roundBegan)) return false;
    // Whoever waits for its turn is ready in the next round as well: it need not be at once.
    count(1);
    return true;
  }

  private void count(int bytes) {
    mostRead = Math.max(mostRead, bytes);
  }

  private void register() throws IOException {
    LineReader reader;
    while ((reader = arriving.poll()) != null) {
      if (!reader.pipe().isOpen()) {
        reader.abandon();
        continue;
      }
      reader.pipe().configureBlocking(false);
      reader.pipe().register(selector, SelectionKey.OP_READ, reader);
      readers.add(reader);
    }
  }

  private void abandonArriving() {
    LineReader reader;
    while ((reader = arriving.poll()) != null) reader.abandon();
  }
}
