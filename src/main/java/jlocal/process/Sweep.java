package jlocal.process;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import jlocal.os.LiveProcess;
import jlocal.os.Strays;
import org.jspecify.annotations.Nullable;

/** Ends processes of the app that left their group, once every instance is gone. */
final class Sweep {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Mailbox mailbox;
  private final Strays strays;
  private final Duration grace;
  private boolean underWay;
  private @Nullable Long insistedAt;

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
    insistedAt = mailbox.nanoTime();
  }

  /**
   * Starts it.
   *
   * @param shutdownAt when the app began to end
   * @param done gets the processes that could not be ended
   */
  void start(long shutdownAt, Consumer<List<LiveProcess>> done) {
    underWay = true;
    again(shutdownAt, mailbox.nanoTime(), done);
  }

  private void again(long shutdownAt, long since, Consumer<List<LiveProcess>> done) {
    long now = mailbox.nanoTime();
    boolean over = insistedAt != null || now - since >= grace.toNanos();
    Strays.Left left = over ? strays.kill() : strays.terminate();
    if (left.count() == 0) {
      done.accept(List.of());
    } else if (now >= limit(left.signalled() > 0 ? since : shutdownAt)) {
      done.accept(strays.remaining());
    } else {
      mailbox.after(PAUSE, () -> again(shutdownAt, since, done));
    }
  }

  private long limit(long since) {
    long killedAt = insistedAt == null ? since + grace.toNanos() : insistedAt;
    return killedAt + Staff.KILL_TIMEOUT.toNanos();
  }
}
