package jlocal.os;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Makes this process the parent of the app's orphans, so that none is missed, not even a daemon
 * that cleared its environment; prctl(2), PR_SET_CHILD_SUBREAPER. Linux only. Dead adopted
 * processes must be reaped here; the JDK reaps only its own children.
 */
final class Subreaper {
  private static final long US = ProcessHandle.current().pid();

  /** Many may die at once: one scan reaps all of them. */
  private static final long PAUSE_MS = 500;

  private final Set<Long> own = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Lock starts = lock.readLock();
  private final Lock reaping = lock.writeLock();
  private final AtomicBoolean reapScheduled = new AtomicBoolean();
  private final ScheduledExecutorService later;
  private volatile boolean adopting;
  private Set<ProcFs.Stat> known = new HashSet<>();

  /** {@code later} runs delayed tasks, on an existing thread. */
  Subreaper(ScheduledExecutorService later) {
    this.later = later;
  }

  /** Adopts orphans from now on; returns whether the system supports it. */
  boolean open() {
    adopting = Machine.hasNativeAccess() && !Machine.isMac() && Libc.adoptOrphans() == 0;
    return adopting;
  }

  /** To be called after the first child was started: until then the JDK resets SIGCHLD. */
  void reapZombies() {
    Signals.on(Signal.CHLD, this::scheduleReap);
    scheduleReap();
  }

  private void scheduleReap() {
    if (reapScheduled.compareAndSet(false, true)) {
      try {
        var _ = later.schedule(this::reap, PAUSE_MS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException _) {
        // The app has ended.
      }
    }
  }

  /** A child, and its future exit status. */
  record Started(Process process, CompletionStage<ExitStatus> exit) {}

  /** Starts a process that the JDK will reap. */
  Started start(ProcessBuilder builder) throws IOException {
    var waiter = new ExitWaiter(own::remove);
    Instant before = Instant.now();
    try {
      Process child = startOwn(builder);
      waiter.await(child);
      return new Started(child, waiter.exit());
    } catch (OutOfMemoryError refused) {
      killUntracked(before);
      throw refused;
    } finally {
      waiter.cancel(); // Does nothing if there is a child.
    }
  }

  /**
   * Never runs while we reap, so that a child that dies at once does not count as an orphan; but
   * may run while others start: the first child need not wait for the watchdog.
   */
  private Process startOwn(ProcessBuilder builder) throws IOException {
    starts.lock();
    try {
      Process child = builder.start();
      own.add(child.pid());
      return child;
    } finally {
      starts.unlock();
    }
  }

  /**
   * Kills the child of a start that failed for lack of a thread: the JDK has started it, but
   * neither waits for it nor reports its pid.
   */
  private void killUntracked(Instant since) {
    reaping.lock();
    try {
      ProcessHandle.current()
          .children()
          .filter(child -> !own.contains(child.pid()) && isYounger(child, since))
          .forEach(child -> {
            Kill.send(-child.pid(), Signal.KILL);
            Kill.send(child.pid(), Signal.KILL);
          });
    } finally {
      reaping.unlock();
    }
  }

  /** The JDK computes start times from the boot time, which has a resolution of one second. */
  private static boolean isYounger(ProcessHandle child, Instant since) {
    Instant started = child.info().startInstant().orElse(Instant.MIN);
    return started.plusSeconds(1).isAfter(since);
  }

  /** Reaps only zombies of the previous scan: the JDK reaps its own children at once. */
  private void reap() {
    reapScheduled.set(false);
    var zombies = new HashSet<ProcFs.Stat>();
    reaping.lock();
    try {
      for (ProcFs.Stat process : ProcFs.processes()) {
        if (!process.zombie() || !isAdopted(process)) continue;
        if (known.contains(process)) Libc.reap(process.pid());
        else zombies.add(process);
      }
    } finally {
      reaping.unlock();
    }
    known = zombies;
    if (!zombies.isEmpty()) scheduleReap();
  }

  /** Whether it is a child of ours that we did not start; always false before {@link #open}. */
  boolean isAdopted(ProcFs.Stat process) {
    return adopting && process.parent() == US && !own.contains(process.pid());
  }
}
