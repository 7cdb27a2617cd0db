package jlocal.os;

import java.time.Duration;
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
 * Makes orphans of the app children of this process, so that none escapes unseen, not even a daemon
 * that cleared its environment; prctl(2), PR_SET_CHILD_SUBREAPER. Linux only. Whoever is adopted
 * must be buried as well when it has died; the JDK does so for those it started, and only for them.
 */
final class Orphanage {
  private static final long US = ProcessHandle.current().pid();

  /** Deaths come in swarms: one look for all of them. */
  private static final long PAUSE_MS = 500;

  /** The JDK counts start times from the time of boot, which is known in seconds. */
  private static final Duration START_TIME_ERROR = Duration.ofSeconds(1);

  private final Set<Long> own = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock peace = new ReentrantReadWriteLock();
  private final Lock starts = peace.readLock();
  private final Lock burials = peace.writeLock();
  private final AtomicBoolean lookingSoon = new AtomicBoolean();
  private final ScheduledExecutorService later;
  private Set<String> dead = new HashSet<>();

  /**
   * Makes one.
   *
   * @param later runs what is due, on a thread that exists already
   */
  Orphanage(ScheduledExecutorService later) {
    this.later = later;
  }

  /** From now on orphans are adopted; whether the system can do that. */
  static boolean open() {
    return Native.available() && !Libc.isMac() && Libc.adoptOrphans() == 0;
  }

  /** To be called after the first child was started: the JDK sets SIGCHLD back until then. */
  void buryTheDead() {
    Signals.on(Signal.CHLD, this::lookSoon);
    lookSoon();
  }

  private void lookSoon() {
    if (lookingSoon.compareAndSet(false, true)) {
      try {
        var _ = later.schedule(this::bury, PAUSE_MS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException _) {
        // The app has ended.
      }
    }
  }

  /**
   * Starts a process that the JDK will bury. Never while we bury, so that one that dies at once is
   * not taken for an orphan; but while others start: the first child need not wait for the
   * watchdog.
   */
  <E extends Exception> Started start(Start<E> start) throws E {
    var waiter = new ExitWaiter(own::remove);
    Instant before = Instant.now();
    try {
      Process child = startOwn(start);
      waiter.await(child);
      return new Started(child, waiter.exit());
    } catch (OutOfMemoryError refused) {
      killUnwatched(before);
      throw refused;
    } finally {
      waiter.cancel(); // Does nothing when there is a child.
    }
  }

  /** A child, and how it will have ended. */
  record Started(Process process, CompletionStage<ExitStatus> exit) {}

  private <E extends Exception> Process startOwn(Start<E> start) throws E {
    starts.lock();
    try {
      Process child = start.start();
      own.add(child.pid());
      return child;
    } finally {
      starts.unlock();
    }
  }

  /**
   * Kills the child of a start that failed for want of a thread: the JDK has started it, but can
   * neither wait for it nor does it say its pid.
   */
  private void killUnwatched(Instant since) {
    burials.lock();
    try {
      ProcessHandle.current()
          .children()
          .filter(child -> !own.contains(child.pid()) && isYounger(child, since))
          .forEach(child -> {
            Kill.send(-child.pid(), Signal.KILL);
            Kill.send(child.pid(), Signal.KILL);
          });
    } finally {
      burials.unlock();
    }
  }

  private static boolean isYounger(ProcessHandle child, Instant since) {
    Instant started = child.info().startInstant().orElse(Instant.MIN);
    return started.plus(START_TIME_ERROR).isAfter(since);
  }

  /** Starts one process. */
  @FunctionalInterface
  interface Start<E extends Exception> {
    Process start() throws E;
  }

  /** Only who lay dead at the last look already: the JDK buries its own within a moment. */
  private void bury() {
    lookingSoon.set(false);
    burials.lock();
    try {
      buryWhoLayDead();
    } finally {
      burials.unlock();
    }
  }

  private void buryWhoLayDead() {
    var lying = new HashSet<String>();
    for (ProcessRef process : ProcessTable.now().processes()) {
      if (!process.zombie() || !isAdopted(process)) continue;
      String who = process.pid() + " " + process.startTime();
      if (dead.contains(who)) Libc.bury(process.pid());
      else lying.add(who);
    }
    dead = lying;
    if (!lying.isEmpty()) lookSoon();
  }

  /** Whether it is a child of ours that we did not start. */
  boolean isAdopted(ProcessRef process) {
    return process.parent() == US && !own.contains(process.pid());
  }
}
