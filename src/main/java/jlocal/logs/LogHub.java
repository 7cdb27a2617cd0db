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
 * whole and in order per source; every drain gets all of it. The local cousin of Heroku's Logplex.
 *
 * <p>One thread reads the pipes and calls the drains. Nothing is queued for children: when a drain
 * cannot go on, their pipes fill and they wait. All methods may be called from any thread.
 */
public final class LogHub {
  /** After its time is over, a write that nobody reads is broken off within this. */
  private static final Duration INTERRUPTED = Duration.ofMillis(200);

  /** A write that takes longer than this has no reader. */
  private static final Duration STUCK = Duration.ofMillis(500);

  private final Pump pump;
  private final Delivery delivery;
  private final boolean raw;
  private final Thread thread;

  private LogHub(Pump pump, Delivery delivery, boolean raw) {
    this.pump = pump;
    this.delivery = delivery;
    this.raw = raw;
    thread = Thread.ofPlatform().name("logs").daemon().unstarted(pump);
  }

  /**
   * A running hub that gives all text to these drains, in this order.
   *
   * @param raw whether empty lines that a process erases at once are given, too
   */
  public static LogHub start(List<LogDrain> drains, boolean raw) {
    try {
      var delivery = new Delivery(drains);
      var hub = new LogHub(new Pump(Selector.open(), delivery), delivery, raw);
      hub.thread.start();
      return hub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Gives one more drain all that is written from now on; the first it gets of a source may be the
   * rest of a line.
   */
  public void attach(LogDrain drain) {
    delivery.attach(drain);
  }

  /** Gives a drain nothing more, but for what is being given to it at this moment. */
  public void detach(LogDrain drain) {
    delivery.detach(drain);
  }

  /**
   * Reads a pipe to its end and closes it. A last line without LF gets one.
   *
   * @param output the reading end of a child's output; the hub's from now on
   * @return completes when the pipe reached its end, or the hub was closed, and the drains got all
   *     of its text; on the hub's thread, so what follows must hand over and return
   */
  public CompletionStage<Void> read(Source source, Pipe.SourceChannel output) {
    var inlet = new Inlet(source, output, raw);
    pump.take(inlet);
    return inlet.ended();
  }

  /**
   * Puts a line of the manager or the router into the log, and returns at once even while nobody
   * reads the log. When more than 10,000 router lines wait, further ones are skipped and their
   * number is logged; the manager's are never skipped.
   *
   * @param text one line, or several; cut after 64 KB
   */
  public void say(Source source, String text) {
    pump.say(source, text, null);
  }

  /**
   * The same for the manager, and what is to be done when the drains have written the line.
   *
   * @param then called on the hub's thread, so it must hand over and return; never after {@link
   *     #close}
   */
  public void say(String text, Runnable then) {
    pump.say(Source.MANAGER, text, then);
  }

  /**
   * Gives the drains what has been written until now, as far as that can be done in this time, and
   * stops. Pipes still open are closed; nothing said or read later is logged. A drain blocked in
   * writing to a channel is interrupted when the time is over, or after half a second in which it
   * did not go on; that closes the channel.
   */
  public void close(Duration atMost) {
    pump.endWithin(atMost.toNanos());
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
    while (left > 0 && pump.steps() != seen) {
      seen = pump.steps();
      if (thread.join(Duration.ofNanos(Math.min(left, STUCK.toNanos())))) return true;
      left = end - System.nanoTime();
    }
    return !thread.isAlive();
  }
}
