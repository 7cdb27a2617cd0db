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
 * Calls the sinks, one thread at a time. Keeps lines whole when two writers share a source (a
 * restarted child and a grandchild that still holds the old pipe, or a message about the child),
 * and when a line is longer than a buffer.
 */
final class SinkDispatcher {
  /** How long others wait for the end of a line that arrives in pieces, in nanoseconds. */
  private static final long LONG_LINE_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(40);

  private final List<LogSink> sinks;
  private final Map<Source, Object> unfinished = new HashMap<>();
  private final ByteBuffer lineEnd = ByteScan.buffer(1).put(0, (byte) '\n');
  private final long longLineTimeout;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition longLineOver = lock.newCondition();
  private @Nullable LineReader longLine;
  private @Nullable LineReader cutOff;
  private boolean unflushed;
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
   * Runs a task that delivers text, while no other does. Then flushes the sinks, unless another
   * task is waiting, which will. An exception of the task is reported and does not end the log.
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
    cutOff = longLine; // Do not wait for this line again.
    longLine = null;
    longLineOver.signalAll();
  }

  private void followLine(LineReader reader) {
    if (reader.isInLongLine()) {
      if (reader != cutOff) longLine = reader;
    } else {
      if (reader == cutOff) cutOff = null;
      if (reader != longLine) return;
      longLine = null;
      longLineOver.signalAll();
    }
  }

  /** How many tasks have begun; tells whether the sinks make progress. */
  long steps() {
    return steps.get();
  }

  /** Whether a thread is calling the sinks. */
  boolean isWriting() {
    return writer != null;
  }

  /** Interrupts the thread that is calling the sinks, which may block in one of them. */
  void interrupt() {
    Thread writing = writer;
    if (writing != null) writing.interrupt();
  }

  void lines(Object writer, Source source, ByteBuffer text) {
    if (!unfinished.isEmpty()) finishOther(writer, source, true);
    deliverLines(source, text);
  }

  void partial(Object writer, Source source, ByteBuffer text) {
    if (!unfinished.isEmpty()) finishOther(writer, source, false);
    unfinished.put(source, writer);
    unflushed = true;
    int from = text.position();
    int end = text.limit();
    for (LogSink sink : sinks) {
      sink.partial(source, text.limit(end).position(from));
    }
  }

  /** Ends the line that this writer left unfinished, if any. */
  void ended(Object writer, Source source) {
    if (unfinished.remove(source, writer)) deliverLines(source, lineEnd.clear());
    for (LogSink sink : sinks) sink.ended(source);
  }

  void stalled(Source source) {
    unflushed = true;
    for (LogSink sink : sinks) sink.stalled(source);
  }

  void flush() {
    if (!unflushed) return;
    unflushed = false;
    for (LogSink sink : sinks) sink.flush();
  }

  private void finishOther(Object writer, Source source, boolean ends) {
    Object other = unfinished.get(source);
    if (other == null) return;
    if (!other.equals(writer)) deliverLines(source, lineEnd.clear());
    if (!other.equals(writer) || ends) unfinished.remove(source);
  }

  private void deliverLines(Source source, ByteBuffer text) {
    unflushed = true;
    int from = text.position();
    int end = text.limit();
    for (LogSink sink : sinks) {
      sink.lines(source, text.limit(end).position(from));
    }
  }
}
