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
 * Where all log text of the app comes together: the children's output and jlocal's own lines go in,
 * whole and in order per source; every sink gets all of it. As Heroku's Logplex does.
 *
 * <p>Each output is read on its own thread, which also calls the sinks, one thread at a time.
 * Nothing is queued for children: when a sink cannot go on, their pipes fill and they wait.
 * jlocal's own lines are queued for the thread {@code logs}. All methods may be called from any
 * thread.
 */
public final class LogHub {
  /** How long an interrupted write may take to end. */
  private static final Duration INTERRUPTED = Duration.ofMillis(200);

  /** A write that takes longer than this has no reader. */
  private static final Duration STUCK = Duration.ofMillis(500);

  /** So long a line waits whose next piece is on its way to the sinks, in nanoseconds. */
  private static final long LEAST_WAIT = TimeUnit.MILLISECONDS.toNanos(10);

  private final SinkDispatcher sinks;
  private final boolean raw;
  private final AnnouncementQueue announcements = new AnnouncementQueue();
  private final AtomicBoolean announcing = new AtomicBoolean();
  private final Set<LineReader> readers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread = Threads.scheduler("logs");
  private volatile boolean closed;

  private LogHub(List<LogSink> sinks, boolean raw) {
    this.sinks = new SinkDispatcher(sinks);
    this.raw = raw;
  }

  /**
   * A running hub that gives all text to these sinks, in this order.
   *
   * @param raw whether empty lines that a process erases at once are given, too
   */
  public static LogHub start(List<LogSink> sinks, boolean raw) {
    return new LogHub(sinks, raw);
  }

  /**
   * Gives one more sink all that is written from now on; the first it gets of a source may be the
   * rest of a line.
   */
  public void attach(LogSink sink) {
    sinks.attach(sink);
  }

  /** Gives a sink nothing more, but for what is being given to it at this moment. */
  public void detach(LogSink sink) {
    sinks.detach(sink);
  }

  /**
   * Reads a child's output to its end and closes it. A last line without LF gets one.
   *
   * @param output the hub's from now on
   * @return completes when the output reached its end, or the hub was closed, and the sinks got all
   *     of its text; on the output's thread, so what follows must hand over and return
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
            // What was said before this was read comes before it.
            if (!reader.isInLongLine()) announcements.deliver(sinks);
            reader.give(read, System.nanoTime());
            showWhenDue(reader, timer);
          });
    }
    sinks.run(reader, reader::end);
    readers.remove(reader);
    reader.close();
  }

  /** Shows the beginning of a line when it has waited for its end for long enough. */
  private void showWhenDue(LineReader reader, AtomicBoolean timer) {
    long wait = reader.untilDue(System.nanoTime());
    if (wait == LineReader.NEVER || !timer.compareAndSet(false, true)) return;
    later(
        Math.max(wait, LEAST_WAIT),
        () ->
            sinks.run(
                reader,
                () -> {
                  timer.set(false);
                  if (reader.isIdle() && reader.untilDue(System.nanoTime()) <= 0) reader.overdue();
                  showWhenDue(reader, timer);
                }));
  }

  private void later(long nanos, Runnable task) {
    try {
      var _ = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // The hub is closed.
    }
  }

  /**
   * Puts a line of the manager or the router into the log, and returns at once even while nothing
   * reads the log. When more than 10,000 router lines wait, further ones are skipped and their
   * number is logged; the manager's are never skipped.
   *
   * @param text one line, or several; cut after 64 KB
   */
  public void say(Source source, String text) {
    say(source, text, null);
  }

  /**
   * The same for the manager, and what is to be done when the sinks have written the line.
   *
   * @param then called on the hub's thread, so it must hand over and return; never after {@link
   *     #close}
   */
  public void say(String text, Runnable then) {
    say(Source.MANAGER, text, then);
  }

  private void say(Source source, String text, @Nullable Runnable then) {
    if (closed) return;
    announcements.add(source, text, then);
    if (announcing.compareAndSet(false, true)) later(0, this::announce);
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
   * Gives the sinks what has been written until now, as far as that can be done in this time, and
   * stops. Outputs still open are closed; nothing said or read later is logged. A sink blocked in
   * writing to a channel is interrupted when the time is over, or after half a second in which it
   * did not go on; that closes the channel. Threads that only wait for a processor get all the
   * time.
   */
  public void close(Duration atMost) {
    if (closed) return;
    closed = true;
    readers.forEach(LineReader::stop);
    var read = readers.stream().map(LineReader::ended).toArray(CompletableFuture<?>[]::new);
    var written = CompletableFuture.allOf(read).thenRunAsync(this::announce, thread);
    try {
      if (!isDoneWithin(atMost, written)) {
        readers.forEach(LineReader::abandon);
        sinks.interrupt();
        isDone(written, INTERRUPTED);
      }
    } catch (InterruptedException e) {
      sinks.interrupt();
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }

  private boolean isDoneWithin(Duration atMost, Future<?> written) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    long seen = -1;
    while (left > 0 && (sinks.steps() != seen || !sinks.isWriting())) {
      seen = sinks.steps();
      if (isDone(written, Duration.ofNanos(Math.min(left, STUCK.toNanos())))) return true;
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
