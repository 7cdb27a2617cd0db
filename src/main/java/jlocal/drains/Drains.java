package jlocal.drains;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import jlocal.app.RunningApp;

/** The drains of a running app. */
public final class Drains {
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final RunningApp app;
  private final Supplier<SSLContext> tls;
  private final Duration firstPause;
  private final List<DrainSender> senders = new ArrayList<>();

  Drains(RunningApp app, Supplier<SSLContext> tls, Duration firstPause) {
    this.app = app;
    this.tls = tls;
    this.firstPause = firstPause;
    app.inside().atEnd().accept(this::close);
  }

  /** Creates an instance without drains. */
  public static Drains of(RunningApp app) {
    return new Drains(app, Drains::tls, RETRY_DELAY);
  }

  private static SSLContext tls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts drains that are new in a list, and stops those that were removed.
   *
   * @param isFromStart whether new drains get the existing log, too
   */
  public synchronized void apply(DrainList list, boolean isFromStart) throws IOException {
    List<DrainList.Drain> wanted = list.all();
    for (DrainSender sender : List.copyOf(senders)) {
      if (wanted.contains(sender.drain())) continue;
      sender.close();
      senders.remove(sender);
    }
    List<DrainList.Drain> present = senders.stream().map(DrainSender::drain).toList();
    for (DrainList.Drain drain : wanted) {
      if (present.contains(drain)) continue;
      senders.add(new DrainSender(drain, app, tls, isFromStart, firstPause));
    }
  }

  private synchronized void close() {
    long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    senders.forEach(DrainSender::close);
    try {
      for (DrainSender sender : senders) {
        sender.await(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
