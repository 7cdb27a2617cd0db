package jlocal.app;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import jlocal.formation.ProcessSpec;
import jlocal.os.Cgroup;
import jlocal.os.Child;
import jlocal.os.ExitStatus;
import jlocal.os.Signal;
import jlocal.os.Signals;
import jlocal.os.SpawnFailure;
import jlocal.os.Spawner;
import jlocal.os.Watchdog;
import jlocal.process.ProcessEvent;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/** The release phase: runs {@code release} to its end before any other process of the app. */
public final class ReleasePhase {
  private ReleasePhase() {}

  /**
   * Runs the phase and logs its output. Signals that end jlocal end it.
   *
   * @return 0 if the app may be started, else the exit code to end with
   * @throws SpawnFailure if it cannot be started
   */
  public static int run(AppPlan plan, Cgroup cgroup, App.StandardStreams streams)
      throws SpawnFailure {
    var counts = new TreeMap<ProcessType, Integer>();
    counts.put(ProcessType.RELEASE, 1);
    ProcessSpec spec =
        plan.plan().blueprint().formation(counts).value().specs().firstEntry().getValue();
    var launch = plan.processes().launch();
    var stopped = new AtomicReference<@Nullable Signal>();
    var running = new AtomicReference<@Nullable Child>();
    var log = new AppLog(plan, streams, () -> stop(Signal.TERM, stopped, running));
    for (Signal signal : List.of(Signal.INT, Signal.TERM, Signal.HUP)) {
      Signals.on(signal, () -> stop(signal, stopped, running));
    }
    try (var spawner = new Spawner(cgroup);
        Watchdog watchdog = spawner.watchdog(launch.run(), plan.processes().grace())) {
      watchdog.start();
      long start = System.nanoTime();
      Child child = spawner.spawn(launch.launch(spec));
      running.set(child);
      watchdog.watch(child.pid());
      Signals.begin();
      log.onEvent(new ProcessEvent.Started(spec.name(), child.pid(), spec.port()));
      var read = log.read(spec.name(), child.output()).toCompletableFuture();
      Signal early = stopped.get();
      if (early != null) child.signal(early);
      ExitStatus status = child.exit().toCompletableFuture().join();
      child.signal(Signal.KILL); // Processes left behind do not belong to the app.
      read.join();
      var ran = Duration.ofNanos(System.nanoTime() - start);
      boolean asked = stopped.get() != null;
      log.onEvent(new ProcessEvent.Exited(spec.name(), child.pid(), status, ran, asked));
      return end(status, stopped.get(), log);
    } finally {
      log.close();
    }
  }

  private static int end(ExitStatus status, @Nullable Signal stopped, AppLog log) {
    if (status.isClean() && stopped == null) return 0;
    log.say("the release phase has failed: nothing is started");
    return status.isClean() && stopped != null ? 128 + stopped.number() : status.shellStatus();
  }

  /** Stops it at the first request, and kills it at the next. */
  private static void stop(
      Signal signal,
      AtomicReference<@Nullable Signal> stopped,
      AtomicReference<@Nullable Child> running) {
    boolean again = stopped.getAndSet(signal) != null;
    Child child = running.get();
    if (child != null) child.signal(again ? Signal.KILL : signal);
  }
}
