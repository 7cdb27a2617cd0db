package jlocal.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where all log text of the app comes together: the children's pipes and jlocal's own lines go in,
 * whole and in order per source; every sink gets all of it. As Heroku's Logplex does.
 *
 * <p>One thread reads the pipes and calls the sinks. Nothing is queued for children: when a sink
 * cannot go on, their pipes fill and they wait. All methods may be called from any thread.
 */
public final class LogHub {
  /** How long an interrupted write may take to end. */
  private static final Duration INTERRUPTED = Duration.ofMillis(200);

  /** A write that takes longer than this has no reader. */
  private static final Duration STUCK = Duration.ofMillis(500);

  private final OutputMultiplexer multiplexer;
  private final SinkDispatcher delivery;
  private final boolean raw;
  private final Thread thread;

  private LogHub(OutputMultiplexer multiplexer, SinkDispatcher delivery, boolean raw) {
    this.multiplexer = multiplexer;
    this.delivery = delivery;
    this.raw = raw;
    thread = Thread.ofPlatform().name("logs").daemon().unstarted(multiplexer);
  }

  /**
   * A running hub that gives all text to these sinks, in this order.
   *
   * @param raw whether empty lines that a process erases at once are given, too
   */
  public static LogHub start(List<LogSink> sinks, boolean raw) {
    try {
      var delivery = new SinkDispatcher(sinks);
      var hub = new LogHub(new OutputMultiplexer(Selector.open(), delivery), delivery, raw);
      hub.thread.start();
      return hub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Gives one more sink all that is written from now on; the first it gets of a source may be the
   * rest of a line.
   */
  public void attach(LogSink sink) {
    delivery.attach(sink);
  }

  /** Gives a sink nothing more, but for what is being given to it at this moment. */
  public void detach(LogSink sink) {
    delivery.detach(sink);
  }

  /**
   * Reads a pipe to its end and closes it. A last line without LF gets one.
   *
   * @param output the reading end of a child's output; the hub's from now on
   * @return completes when the pipe reached its end, or the hub was closed, and the sinks got all
   *     of its text; on the hub's thread, so what follows must hand over and return
   */
  public CompletionStage<Void> read(Source source, Pipe.SourceChannel output) {
    var reader = new LineReader(source, output, raw);
    multiplexer.take(reader);
    return reader.ended();
  }

  /**
   * Puts a line of the manager or the router into the log, and returns at once even while nothing
   * reads the log. When more than 10,000 router lines wait, further ones are skipped and their
   * number is logged; the manager's are never skipped.
   *
   * @param text one line, or several; cut after 64 KB
   */
  public void say(Source source, String text) {
    multiplexer.say(source, text, null);
  }

  /**
   * The same for the manager, and what is to be done when the sinks have written the line.
   *
   * @param then called on the hub's thread, so it must hand over and return; never after {@link
   *     #close}
   */
  public void say(String text, Runnable then) {
    multiplexer.say(Source.MANAGER, text, then);
  }

  /**
   * Gives the sinks what has been written until now, as far as that can be done in this time, and
   * stops. Pipes still open are closed; nothing said or read later is logged. A sink blocked in
   * writing to a channel is interrupted when the time is over, or after half a second in which it
   * did not go on; that closes the channel.
   */
  public void close(Duration atMost) {
    multiplexer.endWithin(atMost.toNanos());
    try {
      if (!hasEndedWithin(atMost)) {
        thread.interrupt();
        thread.join(INTERRUPTED);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasEndedWithin(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    long seen = -1;
    while (left > 0 && multiplexer.steps() != seen) {
      seen = multiplexer.steps();
      if (thread.join(Duration.ofNanos(Math.min(left, STUCK.toNanos())))) return true;
      left = end - System.nanoTime();
    }
    return !thread.isAlive();
  }
}
