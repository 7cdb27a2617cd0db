package jlocal.process;

import java.time.Duration;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import jlocal.os.ListeningProcesses;
import jlocal.os.Ports;

/**
 * Finds the port where a web process listens while its PORT is closed: a server with a fixed port
 * is served from there. On the manager's thread.
 */
final class PortSearch {
  /** A port must be chosen by two checks in a row, for a server may open its PORT last. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Duration FREQUENT_PERIOD = Duration.ofSeconds(10);
  private static final Duration SLOW_INTERVAL = Duration.ofSeconds(5);
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(200);

  private final EventLoop loop;
  private final ProcessManager manager;
  private final Executor threads;
  private final ManagedInstance instance;
  private final ManagedProcess process;
  private final int port;
  private SortedMap<Integer, String> answers = new TreeMap<>();
  private int chosen;

  /** {@code threads} run the checks, which may take seconds. */
  PortSearch(
      EventLoop loop,
      ProcessManager manager,
      Executor threads,
      ManagedInstance instance,
      ManagedProcess process) {
    this.loop = loop;
    this.manager = manager;
    this.threads = threads;
    this.instance = instance;
    this.process = process;
    port = instance.spec().port();
    chosen = port;
  }

  /** Checks now and periodically, until its PORT is open or the process has ended. */
  void look() {
    if (!instance.isPresent(process) || process.status() != null) return;
    if (process.listensOn() == port) return;
    int now = process.servedPort(port);
    SortedMap<Integer, String> known = new TreeMap<>(answers);
    try {
      threads.execute(() -> {
        boolean isOpen = Ports.accepts(port, CONNECT_TIMEOUT);
        if (!isOpen) ask(known, now);
        loop.post(() -> looked(isOpen, known));
      });
    } catch (RejectedExecutionException | OutOfMemoryError _) {
      loop.schedule(SLOW_INTERVAL, this::look);
    }
  }

  /**
   * Adds the responses of new ports and those that have not responded in time; removes closed ones.
   */
  private void ask(SortedMap<Integer, String> known, int now) {
    if (now != port && ListeningProcesses.ports().contains(now)) return;
    SortedSet<Integer> opened = ListeningProcesses.ofTree(process.child().pid()).ports();
    opened.removeIf(each -> !ServedPort.isCandidate(each));
    known.keySet().retainAll(opened);
    for (int each : opened) {
      known.compute(
          each,
          (_, answer) ->
              answer == null || answer.startsWith("no ") ? Probe.get(each, "/") : answer);
    }
  }

  private void looked(boolean isOpen, SortedMap<Integer, String> seen) {
    if (!instance.isPresent(process) || process.status() != null) return;
    answers = seen;
    int before = chosen;
    int now = process.servedPort(port);
    chosen = ServedPort.choose(port, now, isOpen, answers);
    boolean isNews = chosen != now && (isOpen || chosen == before);
    if (isNews) {
      process.listensOn(chosen);
      manager.tell(instance, new ProcessEvent.PortFound(instance.name(), port, chosen));
    }
    if (isOpen) return;
    boolean isEarly = process.sinceStart(loop.nanoTime()).compareTo(FREQUENT_PERIOD) < 0;
    loop.schedule(isEarly ? INTERVAL : SLOW_INTERVAL, this::look);
  }
}
