package jlocal.process;

import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.ExecutorService;
import jlocal.os.Listeners;
import jlocal.os.Ports;
import jlocal.os.Threads;
import jlocal.process.Lifecycle.Observation;
import jlocal.procfile.ProcessType;

/** Finds out when an instance is up: web once its PORT accepts, any other once it ran for 1 s. */
final class ReadinessProbe implements AutoCloseable {
  private static final Duration UP_AFTER = Duration.ofSeconds(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(200);

  /** Often at first, while requests wait for it. */
  private static final Duration INTERVAL = Duration.ofMillis(25);

  private static final Duration FREQUENT_PERIOD = Duration.ofSeconds(30);
  private static final Duration SLOW_INTERVAL = Duration.ofMillis(250);
  private static final Duration REPORT_AFTER = Duration.ofSeconds(20);

  private final EventLoop loop;
  private final ProcessManager manager;
  private final ExecutorService threads = Threads.prepared(2, "readiness");

  ReadinessProbe(EventLoop loop, ProcessManager manager) {
    this.loop = loop;
    this.manager = manager;
  }

  /** Probes a process that has been started, until it is up or has ended. */
  void watch(ManagedInstance instance, ManagedProcess process) {
    if (instance.name().type().equals(ProcessType.WEB)) {
      probe(instance, process);
      loop.schedule(REPORT_AFTER, () -> findPorts(instance, process));
    } else {
      loop.schedule(UP_AFTER, () -> ready(instance, process));
    }
  }

  private void probe(ManagedInstance instance, ManagedProcess process) {
    if (!isStarting(instance, process)) return;
    int port = instance.spec().port();
    threads.execute(() -> {
      boolean open = Ports.accepts(port, CONNECT_TIMEOUT);
      loop.post(() -> probed(instance, process, open));
    });
  }

  private void probed(ManagedInstance instance, ManagedProcess process, boolean open) {
    if (open) {
      ready(instance, process);
    } else {
      boolean frequent = process.sinceStart(loop.nanoTime()).compareTo(FREQUENT_PERIOD) < 0;
      loop.schedule(frequent ? INTERVAL : SLOW_INTERVAL, () -> probe(instance, process));
    }
  }

  private void ready(ManagedInstance instance, ManagedProcess process) {
    if (!isStarting(instance, process)) return;
    long now = loop.nanoTime();
    process.up(now);
    manager.observed(instance, new Observation.Ready(process.generation()));
    manager.tell(instance, new ProcessEvent.BecameUp(instance.name(), process.sinceStart(now)));
  }

  private void findPorts(ManagedInstance instance, ManagedProcess process) {
    if (!isStarting(instance, process)) return;
    long group = process.child().pid();
    threads.execute(() -> {
      SortedSet<Integer> opened = Listeners.portsOfGroup(group);
      loop.post(() -> reportNotListening(instance, process, opened));
    });
  }

  private void reportNotListening(
      ManagedInstance instance, ManagedProcess process, SortedSet<Integer> opened) {
    if (!isStarting(instance, process)) return;
    manager.tell(
        instance, new ProcessEvent.NotListening(instance.name(), instance.spec().port(), opened));
  }

  private static boolean isStarting(ManagedInstance instance, ManagedProcess process) {
    return instance.isPresent(process)
        && process.status() == null
        && instance.state() instanceof ProcessState.Starting;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
