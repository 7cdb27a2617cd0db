package jlocal.router;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import jlocal.formation.InstanceName;
import jlocal.os.Machine;
import jlocal.router.RouterConfig.RequestLog;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The HTTP reverse proxy before the instances, and the shared state of its requests. Thread-safe;
 * no method but {@link #open} blocks.
 */
public final class Router implements AutoCloseable {
  private static final int MIN_CONNECTIONS = 8;

  /** Descriptors left for starting processes, logs and control clients. */
  private static final int RESERVED_DESCRIPTORS = 48;

  private final RouterConfig config;
  private final Consumer<String> log;
  private final BiFunction<InstanceName, Integer, List<String>> lastLines;
  private final BackendTable table;
  private final Semaphore upstreamLimit;
  private final Map<XnioIoThread, IoThreadContext> threads = new ConcurrentHashMap<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile @Nullable OtherApps others;
  private volatile int httpsPort;
  private volatile Runnable onClose = () -> {};
  private final HttpListeners listeners;
  private final RecentRequests recent = new RecentRequests();
  private volatile HandledRequest.@Nullable Observer observer;
  private volatile boolean keepsBodies;
  private volatile ErrorPage.Pointer pointer = ErrorPage.Pointer.NONE;

  private Router(
      RouterConfig config,
      Consumer<String> log,
      BiFunction<InstanceName, Integer, List<String>> lastLines)
      throws IOException {
    this.config = config;
    this.log = log;
    this.lastLines = lastLines;
    int free = Machine.unusedFileDescriptors() - RESERVED_DESCRIPTORS;
    int most = Math.min(config.maxConnections(), Math.max(MIN_CONNECTIONS, free / 2));
    upstreamLimit = new Semaphore(most);
    table = new BackendTable(config.timeouts(), config.maxWaiting());
    listeners = HttpListeners.open(config, most, new ProxyHandler(this));
  }

  /**
   * Starts to listen. No class of Undertow is loaded before.
   *
   * @param log receives access log lines and messages; called on an I/O thread, must not block
   * @param lastLines returns up to a number of last lines of an instance, for the error page
   * @throws BindException if the port is in use on one of the addresses
   */
  public static Router open(
      RouterConfig config,
      Consumer<String> log,
      BiFunction<InstanceName, Integer, List<String>> lastLines)
      throws IOException {
    // Undertow logs through jboss-logging, which would use java.util.logging and so stderr.
    if (System.getProperty("org.jboss.logging.provider") == null) {
      System.setProperty("org.jboss.logging.provider", "slf4j");
    }
    return new Router(config, log, lastLines);
  }

  public int port() {
    return listeners.port();
  }

  /**
   * Listens for HTTPS, too, with HTTP/2 for clients that support it; {@code X-Forwarded-Proto}
   * tells the app.
   *
   * @param port 0 for any free port
   * @return the port it listens on
   * @throws BindException if the port is in use on one of the addresses
   */
  public int openHttps(int port, SSLContext certificates) throws IOException {
    listeners.secure(certificates);
    httpsPort = listeners.listenTls(config.hosts(), port);
    return httpsPort;
  }

  /** The port on which it listens for HTTPS; 0 for none. */
  public int httpsPort() {
    return httpsPort;
  }

  /**
   * Sets the state of an instance. An instance that will be restarted under the same name is not
   * REMOVED in between, so that requests wait for it.
   *
   * @param port the instance's {@code PORT} on this machine
   */
  public void setBackend(InstanceName name, int port, BackendState state) {
    BackendSet.Status before = table.set(name, port, state);
    if (before == null) return;
    boolean replaced = before.backend().port() != port;
    if (state != BackendState.REMOVED && !replaced) return;
    CompletableFuture<Void> _ = onEachThread(thread -> thread.remove(before.backend()));
  }

  /**
   * Reports that an instance opened another port than its own: requests to it fail at once, with
   * this reason, until its next state.
   */
  public void setWrongPort(InstanceName name, int expected, int actual) {
    table.wrongPort(name, expected, actual);
  }

  /**
   * Completes on an I/O thread when an instance has no request in progress. To be called after
   * {@link BackendState#DRAINING}, with a timeout: a WebSocket may stay open for hours.
   */
  public CompletionStage<Void> drained(InstanceName name) {
    BackendSet.Status status = table.status(name);
    if (status == null) return CompletableFuture.completedStage(null);
    // Count requests only after each thread has finished selecting from the old table.
    return onEachThread(thread -> {}).thenCompose(none -> status.backend().drained());
  }

  /**
   * Gives the app a name of its own, and serves the hosts of other apps.
   *
   * @param name as a host without {@code .localhost}: {@code shop} or {@code feature.shop}
   * @param onClose runs when it has stopped listening
   */
  public void serveNames(String name, OtherApps apps, Runnable onClose) {
    table.name(name);
    others = apps;
    this.onClose = onClose;
    listeners.forwardTo(apps, table);
  }

  /**
   * Listens on a further port.
   *
   * @throws BindException if the port is in use on one of the addresses
   */
  public void listen(int port) throws IOException {
    listeners.listen(config.hosts(), port);
  }

  /** Listens for HTTPS on a further port, after {@link #openHttps}. */
  public void listenHttps(int port) throws IOException {
    listeners.listenTls(config.hosts(), port);
  }

  /** The traffic so far. */
  public Traffic traffic() {
    return table.traffic();
  }

  /**
   * Sets a listener that is called on an I/O thread for each request that waits for an instance.
   */
  public void onWait(Runnable listener) {
    table.onWait(listener);
  }

  /**
   * Sets the last sentence of error pages.
   *
   * @param address the link target of the sentence; empty for none
   */
  public void pointFromErrors(String sentence, String address) {
    pointer = new ErrorPage.Pointer(sentence, address);
  }

  /** The latest requests. */
  public RecentRequests recent() {
    return recent;
  }

  /** Sets an observer of requests. */
  public void observe(HandledRequest.Observer next) {
    observer = next;
  }

  /** Keeps the beginning of the bodies of recent requests from now on. */
  public void keepBodies() {
    keepsBodies = true;
  }

  /**
   * Stops listening and closes every connection, within milliseconds; only responses from other
   * apps have 2 s to end.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) return;
    listeners.stop();
    onClose.run();
    listeners.drain(log);
    listeners.close();
  }

  /** Ends the wait of {@link #close}. */
  public void cut() {
    listeners.cut();
  }

  /** Whether the router is closing: then requests get no error response. */
  boolean isClosing() {
    return closing.get();
  }

  RouterConfig config() {
    return config;
  }

  BackendTable table() {
    return table;
  }

  /** The apps beside this one; null if they are not served. */
  @Nullable OtherApps others() {
    return others;
  }

  /** A permit for each connection to an instance, of all I/O threads together. */
  Semaphore upstreamLimit() {
    return upstreamLimit;
  }

  List<String> lastLines(InstanceName name, int most) {
    return lastLines.apply(name, most);
  }

  /** Where users find more than an error page shows. */
  ErrorPage.Pointer pointer() {
    return pointer;
  }

  void log(String line) {
    log.accept(line);
  }

  boolean keepsBodies() {
    return keepsBodies;
  }

  /** Reports a request that stays open. */
  void opened(AccessLogEntry entry, HttpServerExchange exchange) {
    tell(entry, exchange, 0, true);
  }

  private void tell(AccessLogEntry entry, HttpServerExchange exchange, long bytes, boolean isOpen) {
    HandledRequest handled = entry.handled(exchange, bytes, isOpen);
    recent.add(handled);
    HandledRequest.Observer told = observer;
    if (told != null) told.saw(handled);
  }

  /** Reports a request that has ended, and writes its line if enabled. */
  void log(AccessLogEntry entry, HttpServerExchange exchange, long bytes) {
    tell(entry, exchange, bytes, false);
    int status = exchange.getStatusCode();
    if (config.requestLog() == RequestLog.OFF) return;
    log.accept(entry.line(config.requestLog() == RequestLog.FULL, status, bytes));
  }

  IoThreadContext of(XnioIoThread thread) {
    IoThreadContext known = threads.get(thread);
    if (known != null) return known;
    return threads.computeIfAbsent(thread, each -> new IoThreadContext(this, each));
  }

  /** Runs an action on each I/O thread. */
  CompletableFuture<Void> onEachThread(Consumer<IoThreadContext> action) {
    var done = new ArrayList<CompletableFuture<Void>>();
    for (IoThreadContext thread : threads.values()) {
      var ran = new CompletableFuture<Void>();
      boolean accepted =
          thread.run(() -> {
            action.accept(thread);
            ran.complete(null);
          });
      if (accepted) done.add(ran);
    }
    return CompletableFuture.allOf(done.toArray(CompletableFuture[]::new));
  }
}
