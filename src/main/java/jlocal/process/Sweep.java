package jlocal.process;

import java.time.Duration;
import jlocal.os.Strays;

/** Ends processes of the app that left their group, once every instance is gone. */
final class Sweep {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Mailbox mailbox;
  private final Strays strays;
  private final Duration grace;
  private boolean underWay;
  private boolean insisted;

  Sweep(Mailbox mailbox, Strays strays, Duration grace) {
    this.mailbox = mailbox;
    this.strays = strays;
    this.grace = grace;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** No more grace. */
  void insist() {
    insisted = true;
  }

  void start(Runnable done) {
    underWay = true;
    again(mailbox.nanoTime(), done);
  }

  private void again(long since, Runnable done) {
    boolean over = insisted || mailbox.nanoTime() - since >= grace.toNanos();
    int left = over ? strays.kill() : strays.terminate();
    if (left == 0) {
      done.run();
    } else {
      mailbox.after(PAUSE, () -> again(since, done));
    }
  }
}
