package jlocal.router;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import jlocal.formation.InstanceName;

/**
 * The HTTP reverse proxy before the instances. Thread-safe; no method blocks except {@link #open}.
 */
public final class Router implements AutoCloseable {
  private final HttpListeners listeners;
  private final RouterContext context;

  private Router(HttpListeners listeners, RouterContext context) {
    this.listeners = listeners;
    this.context = context;
  }

  /**
   * Starts to listen. No class of Undertow is loaded before.
   *
   * @param log takes the line of each request, and messages; called on an I/O thread, must not
   *     block
   * @param lastLines the last lines an instance wrote, at most so many, for the error page
   * @throws BindException when the port is in use on one of the addresses
   */
  public static Router open(
      RouterConfig config,
      Consumer<String> log,
      BiFunction<InstanceName, Integer, List<String>> lastLines)
      throws IOException {
    silence();
    var context = new RouterContext(config, log, lastLines);
    return new Router(HttpListeners.open(config, new ProxyHandler(context)), context);
  }

  /** Undertow logs through jboss-logging, which would find java.util.logging and so stderr. */
  private static void silence() {
    if (System.getProperty("org.jboss.logging.provider") == null) {
      System.setProperty("org.jboss.logging.provider", "slf4j");
    }
  }

  /** The port it listens on. */
  public int port() {
    return listeners.port();
  }

  /**
   * Listens for HTTPS as well, with HTTP/2 for clients that support it; the app is told by {@code
   * X-Forwarded-Proto}.
   *
   * @param port 0 for any free port
   * @return the port it listens on
   * @throws BindException when the port is in use on one of the addresses
   */
  public int openHttps(int port, SSLContext certificates) throws IOException {
    return listeners.listenTls(context.config().hosts(), port, certificates);
  }

  /**
   * Sets the state of an instance. One that will be started again under the same name is not
   * REMOVED in between, so that requests wait for it.
   *
   * @param port the instance's {@code PORT} on this machine
   */
  public void setBackend(InstanceName name, int port, BackendState state) {
    BackendSet.Status before = context.table().set(name, port, state);
    if (before == null) return;
    boolean replaced = before.backend().port() != port;
    if (state != BackendState.REMOVED && !replaced) return;
    CompletableFuture<Void> _ = context.onEachThread(thread -> thread.closePool(before.backend()));
  }

  /**
   * Tells that an instance opened another port than its own: requests to it fail at once, with this
   * reason, until its next state.
   */
  public void setWrongPort(InstanceName name, int expected, int actual) {
    context.log(
        name
            + " listens on port "
            + actual
            + ", but its PORT is "
            + expected
            + ": requests cannot reach it");
    context.table().wrongPort(name, expected, actual);
  }

  /**
   * Completes on an I/O thread when an instance has no request left. To be called after {@link
   * BackendState#DRAINING}, with a timeout: a WebSocket may stay open for hours.
   */
  public CompletionStage<Void> drained(InstanceName name) {
    BackendSet.Status status = context.table().status(name);
    if (status == null) return CompletableFuture.completedStage(null);
    // Each thread has finished selecting from the old table before requests are counted.
    return context.onEachThread(thread -> {}).thenCompose(none -> status.backend().drained());
  }

  /** Stops listening and closes every connection, within milliseconds. */
  @Override
  public void close() {
    if (context.close()) listeners.close();
  }
}
