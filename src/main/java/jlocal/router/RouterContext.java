package jlocal.router;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import jlocal.formation.InstanceName;
import jlocal.router.RouterConfig.RequestLog;
import org.xnio.XnioIoThread;

/** What all requests of one router share. Thread-safe. */
final class RouterContext {
  private final RouterConfig config;
  private final BackendTable table;
  private final Consumer<String> log;
  private final BiFunction<InstanceName, Integer, List<String>> lastLines;
  private final Map<XnioIoThread, IoThreadContext> threads = new ConcurrentHashMap<>();
  private final AtomicBoolean closing = new AtomicBoolean();

  RouterContext(
      RouterConfig config,
      Consumer<String> log,
      BiFunction<InstanceName, Integer, List<String>> lastLines) {
    this.config = config;
    this.log = log;
    this.lastLines = lastLines;
    table = new BackendTable(config.timeouts(), config.maxWaiting());
  }

  RouterConfig config() {
    return config;
  }

  BackendTable table() {
    return table;
  }

  /** The last lines that an instance wrote, for the error page. */
  BiFunction<InstanceName, Integer, List<String>> lastLines() {
    return lastLines;
  }

  void log(String line) {
    log.accept(line);
  }

  /** Writes the line of a request, if lines are wanted. */
  void log(AccessLogEntry entry, int status, long bytes) {
    if (config.requestLog() == RequestLog.OFF) return;
    log.accept(entry.line(config.requestLog() == RequestLog.FULL, status, bytes));
  }

  /**
   * From now on connections end because the router closes: no request is answered with an error.
   *
   * @return whether this is the first call
   */
  boolean close() {
    return closing.compareAndSet(false, true);
  }

  boolean isClosing() {
    return closing.get();
  }

  IoThreadContext of(XnioIoThread thread) {
    IoThreadContext known = threads.get(thread);
    if (known != null) return known;
    return threads.computeIfAbsent(
        thread, each -> new IoThreadContext(each, config.timeouts().checkInterval()));
  }

  /** Runs an action on each I/O thread; completes when all have run it. */
  CompletableFuture<Void> onEachThread(Consumer<IoThreadContext> action) {
    return CompletableFuture.allOf(
        threads.values().stream()
            .map(thread -> run(thread, action))
            .toArray(CompletableFuture[]::new));
  }

  private static CompletableFuture<Void> run(
      IoThreadContext thread, Consumer<IoThreadContext> action) {
    var done = new CompletableFuture<Void>();
    boolean accepted =
        thread.run(() -> {
          action.accept(thread);
          done.complete(null);
        });
    if (!accepted) done.complete(null);
    return done;
  }
}
