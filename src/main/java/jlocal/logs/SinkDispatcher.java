package jlocal.logs;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import jlocal.ansi.ByteScan;
import jlocal.os.Threads;
import org.jspecify.annotations.Nullable;

/**
 * Gives text to every sink, one thread at a time: who has text waits while a sink is busy. Keeps
 * lines whole where two writers share one source (a child that was started again while a grandchild
 * still holds the old pipe, a line said about it), and where a line is longer than a buffer.
 */
final class SinkDispatcher {
  /** So long, at most, others wait for the end of a line that comes in pieces, in nanoseconds. */
  private static final long LONG_LINE_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(40);

  private final List<LogSink> sinks;
  private final Map<Source, Object> unfinished = new HashMap<>();
  private final ByteBuffer lineEnd = ByteScan.buffer(1).put(0, (byte) '\n');
  private final long longLineTimeout;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition longLineOver = lock.newCondition();
  private @Nullable LineReader longLine;
  private @Nullable LineReader interrupted;
  private boolean given;
  private volatile @Nullable Thread writer;
  private final AtomicLong steps = new AtomicLong();

  SinkDispatcher(List<LogSink> sinks) {
    this(sinks, LONG_LINE_TIMEOUT);
  }

  /**
   * @param longLineTimeout in nanoseconds
   */
  SinkDispatcher(List<LogSink> sinks, long longLineTimeout) {
    this.sinks = new CopyOnWriteArrayList<>(sinks);
    this.longLineTimeout = longLineTimeout;
  }

  void attach(LogSink sink) {
    sinks.add(sink);
  }

  void detach(LogSink sink) {
    sinks.remove(sink);
  }

  /**
   * Runs a task that gives text, while no other does; then the sinks write it out, or the next task
   * has them do it if one waits already. What fails, whatever it is, is not the end of the log.
   *
   * @param reader whose text it is; null for jlocal's own
   */
  void run(@Nullable LineReader reader, Runnable task) {
    lock.lock();
    try {
      writer = Thread.currentThread();
      steps.incrementAndGet();
      if (longLine != null && longLine != reader) awaitLineEnd(reader);
      task.run();
      if (reader != null) followLine(reader);
      if (!lock.hasQueuedThreads()) flush();
    } catch (RuntimeException | Error failure) {
      Threads.report(failure);
    } finally {
      writer = null;
      lock.unlock();
    }
  }

  private void awaitLineEnd(@Nullable LineReader reader) {
    flush();
    long left = longLineTimeout;
    try {
      while (longLine != null && longLine != reader && left > 0) {
        left = longLineOver.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    writer = Thread.currentThread();
    if (longLine == null || longLine == reader) return;
    interrupted = longLine; // No other waits for it again.
    longLine = null;
    longLineOver.signalAll();
  }

  private void followLine(LineReader reader) {
    if (reader.isInLongLine()) {
      if (reader != interrupted) longLine = reader;
    } else {
      if (reader == interrupted) interrupted = null;
      if (reader != longLine) return;
      longLine = null;
      longLineOver.signalAll();
    }
  }

  /** How many tasks have been begun: whether the sinks go on. */
  long steps() {
    return steps.get();
  }

  /** Whether a thread gives text to the sinks at this moment. */
  boolean isWriting() {
    return writer != null;
  }

  /** Interrupts the thread that gives text to the sinks; it may wait for one of them. */
  void interrupt() {
    Thread writing = writer;
    if (writing != null) writing.interrupt();
  }

  void lines(Object writer, Source source, ByteBuffer text) {
    if (!unfinished.isEmpty()) finishOther(writer, source, true);
    giveLines(source, text);
  }

  void partial(Object writer, Source source, ByteBuffer text) {
    if (!unfinished.isEmpty()) finishOther(writer, source, false);
    unfinished.put(source, writer);
    given = true;
    int from = text.position();
    int end = text.limit();
    for (LogSink sink : sinks) {
      sink.partial(source, text.limit(end).position(from));
    }
  }

  /** Ends the line that this writer left unfinished, if it did. */
  void ended(Object writer, Source source) {
    if (unfinished.remove(source, writer)) giveLines(source, lineEnd.clear());
    for (LogSink sink : sinks) sink.ended(source);
  }

  void stalled(Source source) {
    given = true;
    for (LogSink sink : sinks) sink.stalled(source);
  }

  void flush() {
    if (!given) return;
    given = false;
    for (LogSink sink : sinks) sink.flush();
  }

  private void finishOther(Object writer, Source source, boolean ends) {
    Object other = unfinished.get(source);
    if (other == null) return;
    if (!other.equals(writer)) giveLines(source, lineEnd.clear());
    if (!other.equals(writer) || ends) unfinished.remove(source);
  }

  private void giveLines(Source source, ByteBuffer text) {
    given = true;
    int from = text.position();
    int end = text.limit();
    for (LogSink sink : sinks) {
      sink.lines(source, text.limit(end).position(from));
    }
  }
}
