package jlocal.drains;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import jlocal.app.RunningApp;
import jlocal.logs.LogHistory;
import jlocal.logs.LogQueue;
import jlocal.logs.LogSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Sends the log of a running app to one drain, on its own thread. While the drain is unreachable,
 * text is queued in bounded memory, then dropped and counted; a batch that failed is sent again,
 * with growing pauses.
 */
final class DrainSender implements Runnable {
  private static final int QUEUE_BYTES = 1024 * 1024;
  private static final int BATCH_BYTES = 100 * 1024;
  private static final long MAX_PAUSE = TimeUnit.SECONDS.toMillis(60);
  private static final long REPORT_INTERVAL = TimeUnit.SECONDS.toMillis(10);

  private final DrainList.Drain drain;
  private final RunningApp app;
  private final LogHistory log;
  private final DrainConnection connection;
  private final Duration firstPause;
  private final LogQueue queue = new LogQueue(QUEUE_BYTES, _ -> true, this::countLost);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("drain").daemon().unstarted(this);
  private @Nullable LogSnapshot kept;
  private List<SyslogMessage> batch = new ArrayList<>();
  private int batchBytes;
  private boolean failing;
  private long lost;
  private long lostSince;
  private long reportedAt;

  /**
   * Starts to follow the log.
   *
   * @param isFromStart whether to send the existing log, too
   * @param firstPause before the second try
   */
  DrainSender(
      DrainList.Drain drain,
      RunningApp app,
      Supplier<SSLContext> tls,
      boolean isFromStart,
      Duration firstPause) {
    this.drain = drain;
    this.app = app;
    this.firstPause = firstPause;
    log = app.inside().log();
    connection = DrainConnection.to(drain, tls);
    LogSnapshot before = log.follow(queue);
    kept = isFromStart ? before : null;
    thread.start();
  }

  DrainList.Drain drain() {
    return drain;
  }

  @Override
  public void run() {
    var messages = new SyslogSink(this::add, this::send);
    try {
      if (kept != null) kept.replay(0, Integer.MAX_VALUE, null, messages, messages);
      kept = null;
      while (queue.deliverTo(messages)) {}
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      log.unfollow(queue);
      connection.close();
    }
  }

  /** Sends what is queued, if that is possible at once, and ends. */
  void close() {
    queue.close();
    closed.countDown();
  }

  /** Waits for the end after {@link #close}. */
  void await(Duration atMost) throws InterruptedException {
    if (!thread.join(atMost)) connection.close();
  }

  private void add(SyslogMessage message) {
    if (message.isReportOfLoss()) return; // The queue has reported it.
    batch.add(message);
    batchBytes += message.text().length();
    if (batchBytes >= BATCH_BYTES) send();
  }

  private void send() {
    if (batch.isEmpty()) return;
    long pause = 0; // Retry at once: the peer may have closed an idle connection.
    while (!isSent(pause > 0) && !isClosedAfter(pause)) {
      pause = pause == 0 ? firstPause.toMillis() : Math.min(2 * pause, MAX_PAUSE);
      reportLost();
    }
    batch = new ArrayList<>();
    batchBytes = 0;
    reportLost();
  }

  private boolean isClosedAfter(long millis) {
    try {
      return millis > 0 && closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean isSent(boolean isAgain) {
    try {
      connection.send(batch);
      if (failing) app.say().accept("drain " + drain + " accepts the log again");
      failing = false;
      return true;
    } catch (IOException | RuntimeException e) {
      if (isAgain && !failing) {
        app.say()
            .accept("drain " + drain + " cannot be reached: " + e.getMessage() + "; trying again");
        failing = true;
      }
      return false;
    }
  }

  /** Called on the threads that write the log. */
  private synchronized String countLost(long lines, long since) {
    if (lost == 0) lostSince = since;
    lost += lines;
    return sentence(lines, since);
  }

  /** Logs how many lines were dropped, at most every {@link #REPORT_INTERVAL}. */
  private synchronized void reportLost() {
    long now = System.currentTimeMillis();
    if (lost == 0 || now - reportedAt < REPORT_INTERVAL) return;
    app.say().accept(SyslogMessage.LOGPLEX + sentence(lost, lostSince) + " Drain: " + drain);
    reportedAt = now;
    lost = 0;
  }

  private static String sentence(long lines, long since) {
    return SyslogMessage.L10 + lines + " messages dropped since " + SyslogMessage.time(since) + ".";
  }
}
