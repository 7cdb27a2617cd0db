package jlocal.process;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import jlocal.os.LiveProcess;
import jlocal.os.RunProcesses;
import org.jspecify.annotations.Nullable;

/**
 * Ends the app's processes that left their process group, after all instances are gone. On the
 * manager's thread.
 */
final class EscapedProcesses {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final EventLoop loop;
  private final RunProcesses processes;
  private final Duration grace;
  private boolean started;
  private @Nullable Long killedAt;

  EscapedProcesses(EventLoop loop, RunProcesses processes, Duration grace) {
    this.loop = loop;
    this.processes = processes;
    this.grace = grace;
  }

  /** Ends their grace period. */
  void killNow() {
    killedAt = loop.nanoTime();
  }

  /**
   * Starts to end them, unless it has started already.
   *
   * @param shutdownAt when the app began to end
   * @param done gets the processes that could not be ended
   */
  void end(long shutdownAt, Consumer<List<LiveProcess>> done) {
    if (started) return;
    started = true;
    end(shutdownAt, loop.nanoTime(), done);
  }

  private void end(long shutdownAt, long since, Consumer<List<LiveProcess>> done) {
    long now = loop.nanoTime();
    boolean kill = killedAt != null || now - since >= grace.toNanos();
    RunProcesses.Left left = kill ? processes.kill() : processes.terminate();
    if (left.count() == 0) {
      done.accept(List.of());
    } else if (now >= deadline(left.signalled() > 0 ? since : shutdownAt)) {
      done.accept(processes.remaining());
    } else {
      loop.schedule(INTERVAL, () -> end(shutdownAt, since, done));
    }
  }

  private long deadline(long since) {
    long kill = killedAt == null ? since + grace.toNanos() : Math.max(since, killedAt);
    return kill + EffectRunner.KILL_TIMEOUT.toNanos();
  }
}
