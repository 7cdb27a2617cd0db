package jlocal.os;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
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

  private final Set<Long> own = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock peace = new ReentrantReadWriteLock();
  private final Lock starts = peace.readLock();
  private final Lock burials = peace.writeLock();
  private final AtomicBoolean lookingSoon = new AtomicBoolean();
  private Set<String> dead = new HashSet<>();

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
    Executor later = CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS);
    if (lookingSoon.compareAndSet(false, true)) later.execute(this::bury);
  }

  /**
   * Starts a process that the JDK will bury. Never while we bury, so that one that dies at once is
   * not taken for an orphan; but while others start: the first child need not wait for the
   * watchdog.
   */
  <E extends Exception> Process start(Start<E> start) throws E {
    starts.lock();
    try {
      Process child = start.start();
      own.add(child.pid());
      var _ = child.onExit().thenAccept(ended -> own.remove(ended.pid()));
      return child;
    } finally {
      starts.unlock();
    }
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
