package jlocal.logs;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import jlocal.os.ChildOutput;
import jlocal.os.Threads;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the output of the children and jlocal's own messages to every sink, complete and in
 * order per source, like Heroku's Logplex.
 *
 * <p>Each output is read on its own thread, which also calls the sinks, one thread at a time.
 * Output is not queued: while a sink blocks, the children's pipes fill up and the children wait.
 * jlocal's own messages are queued and delivered by the thread {@code logs}. Thread-safe.
 */
public final class LogHub {
  /** How long an interrupted write may take to end. */
  private static final Duration INTERRUPT_TIMEOUT = Duration.ofMillis(200);

  /** A write that takes longer has no reader. */
  private static final Duration STUCK_TIMEOUT = Duration.ofMillis(500);

  /**
   * The shortest wait, in nanoseconds, before an unfinished line is shown: its next part may be on
   * its way.
   */
  private static final long MIN_WAIT = TimeUnit.MILLISECONDS.toNanos(10);

  private final SinkDispatcher sinks;
  private final boolean raw;
  private final AnnouncementQueue announcements = new AnnouncementQueue();
  private final AtomicBoolean announcing = new AtomicBoolean();
  private final Set<LineReader> readers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService scheduler = Threads.scheduler("logs");
  private volatile boolean closed;

  private LogHub(List<LogSink> sinks, boolean raw) {
    this.sinks = new SinkDispatcher(sinks);
    this.raw = raw;
  }

  /**
   * Starts a hub with these sinks, called in this order.
   *
   * @param raw whether to deliver empty lines that a process erases at once
   */
  public static LogHub start(List<LogSink> sinks, boolean raw) {
    return new LogHub(sinks, raw);
  }

  /**
   * Adds a sink for all that is written from now on. Its first text of a source may be the rest of
   * a line.
   */
  public void attach(LogSink sink) {
    sinks.attach(sink);
  }

  /** Removes a sink; a call to it may still be running. */
  public void detach(LogSink sink) {
    sinks.detach(sink);
  }

  /**
   * Reads a child's output to its end and closes it. A last line without LF gets one.
   *
   * @param output owned by the hub from now on
   * @return completes when the output has ended, or the hub was closed, and all its text was
   *     delivered; on the output's thread, so dependents must return quickly
   */
  public CompletionStage<Void> read(Source source, ChildOutput output) {
    var reader = new LineReader(source, output, raw, sinks);
    readers.add(reader);
    if (closed) reader.abandon();
    output.readBy(() -> readAll(reader));
    return reader.ended();
  }

  private void readAll(LineReader reader) {
    var timer = new AtomicBoolean();
    for (int count = reader.read(); count >= 0; count = reader.read()) {
      int read = count;
      sinks.run(
          reader,
          () -> {
            // Messages logged before this read precede it.
            if (!reader.isInLongLine()) announcements.deliver(sinks);
            reader.deliver(read, System.nanoTime());
            showWhenDue(reader, timer);
          });
    }
    sinks.run(reader, reader::end);
    readers.remove(reader);
    reader.close();
  }

  /** Schedules showing the unfinished line, and shows it if it is due. */
  private void showWhenDue(LineReader reader, AtomicBoolean timer) {
    long wait = reader.untilDue(System.nanoTime());
    if (wait == LineReader.NEVER || !timer.compareAndSet(false, true)) return;
    schedule(
        Math.max(wait, MIN_WAIT),
        () ->
            sinks.run(
                reader,
                () -> {
                  timer.set(false);
                  if (reader.isIdle() && reader.untilDue(System.nanoTime()) <= 0)
                    reader.showUnfinished();
                  showWhenDue(reader, timer);
                }));
  }

  private void schedule(long nanos, Runnable task) {
    try {
      var _ = scheduler.schedule(task, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // The hub is closed.
    }
  }

  /**
   * Logs lines of the manager or the router. Returns at once, even while nothing reads the log. At
   * most 10,000 router lines are queued; further ones are dropped, and their number is logged. The
   * manager's are never dropped.
   *
   * @param text one line or several; cut after 64 KB
   */
  public void say(Source source, String text) {
    say(source, text, null);
  }

  /**
   * Logs lines of the manager, and runs an action when the sinks have written them.
   *
   * @param then called on the hub's thread, so it must return quickly; never after {@link #close}
   */
  public void say(String text, Runnable then) {
    say(Source.MANAGER, text, then);
  }

  private void say(Source source, String text, @Nullable Runnable then) {
    if (closed) return;
    announcements.add(source, text, then);
    if (announcing.compareAndSet(false, true)) schedule(0, this::announce);
  }

  private void announce() {
    announcing.set(false);
    sinks.run(
        null,
        () -> {
          announcements.deliver(sinks);
          sinks.flush();
          announcements.written();
        });
  }

  /**
   * Delivers what has been written so far, as far as that takes no longer than {@code atMost}, and
   * stops. Open outputs are closed; nothing logged or read later is delivered. A sink blocked in a
   * write is interrupted, which closes its channel, at the end of this time or after half a second
   * without progress; threads that only wait for a processor get the whole time.
   */
  public void close(Duration atMost) {
    if (closed) return;
    closed = true;
    readers.forEach(LineReader::stop);
    var read = readers.stream().map(LineReader::ended).toArray(CompletableFuture<?>[]::new);
    var written = CompletableFuture.allOf(read).thenRunAsync(this::announce, scheduler);
    try {
      if (!isDoneWithin(atMost, written)) {
        readers.forEach(LineReader::abandon);
        sinks.interrupt();
        isDone(written, INTERRUPT_TIMEOUT);
      }
    } catch (InterruptedException e) {
      sinks.interrupt();
      Thread.currentThread().interrupt();
    }
    scheduler.shutdownNow();
  }

  private boolean isDoneWithin(Duration atMost, Future<?> written) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    long seen = -1;
    while (left > 0 && (sinks.steps() != seen || !sinks.isWriting())) {
      seen = sinks.steps();
      if (isDone(written, Duration.ofNanos(Math.min(left, STUCK_TIMEOUT.toNanos())))) return true;
      left = end - System.nanoTime();
    }
    return written.isDone();
  }

  private static boolean isDone(Future<?> written, Duration atMost) throws InterruptedException {
    try {
      written.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      Threads.report(e);
      return true;
    }
  }
}
