package jlocal.router;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import jlocal.formation.InstanceName;

/**
 * The one address before the instances of {@code web}. Any thread may call it; no call blocks but
 * {@link #open}.
 */
public final class Router implements AutoCloseable {
  /** Direct buffers at one time: 32 MB, the rest of what waits is on the heap. */
  private static final int DIRECT = 512;

  private final Front front;
  private final BackendTable table;
  private final Lanes lanes;
  private final RouterLog log;
  private final List<String> hosts;

  private Router(Front front, RouterContext context) {
    this.front = front;
    table = context.table();
    lanes = context.lanes();
    log = context.log();
    hosts = context.options().hosts();
  }

  /**
   * Listens. No class of Undertow is loaded before.
   *
   * @throws BindException when the port is taken on one of the addresses
   */
  public static Router open(RouterOptions options, RouterLog log, LastWords lastWords)
      throws IOException {
    silence();
    var buffers = new Buffers(DIRECT);
    var table = new BackendTable(options.patience(), options.waiting());
    var lanes = new Lanes(buffers, options.patience().tick());
    var context = new RouterContext(options, table, lanes, log, lastWords);
    var front = Front.open(options.hosts(), options.port(), buffers, new Entrance(context));
    return new Router(front, context);
  }

  /** Undertow logs through jboss-logging, which would find java.util.logging and so stderr. */
  private static void silence() {
    if (System.getProperty("org.jboss.logging.provider") == null) {
      System.setProperty("org.jboss.logging.provider", "slf4j");
    }
  }

  /** The port it listens on. */
  public int port() {
    return front.port();
  }

  /**
   * Listens for HTTPS too, with HTTP/2 for clients that know it; the app is told by {@code
   * X-Forwarded-Proto}.
   *
   * @param port 0 takes a free one
   * @return the port it listens on
   * @throws BindException when the port is taken on one of the addresses
   */
  public int secure(int port, SSLContext certificates) throws IOException {
    return front.secure(hosts, port, certificates);
  }

  /**
   * Says how an instance stands. One that will be started again under the same name is never GONE
   * in between, so that its requests wait.
   *
   * @param port the instance's {@code PORT} on this machine
   */
  public void backend(InstanceName name, int port, BackendState state) {
    Standing before = table.set(name, port, state);
    if (before == null) return;
    boolean replaced = before.backend().port() != port;
    if (state != BackendState.GONE && !replaced) return;
    CompletableFuture<Void> _ = lanes.each(lane -> lane.drop(before.backend()));
  }

  /**
   * Says that an instance opened another port than its own, so that those who wait for it learn
   * why. Its next state makes this forgotten.
   */
  public void wrongPort(InstanceName name, int expected, int actual) {
    log.line(
        name
            + " listens on port "
            + actual
            + ", but its PORT is "
            + expected
            + ": requests cannot reach it");
    table.wrongPort(name, expected, actual);
  }

  /**
   * Completes when an instance that is leaving has no request left, on a thread of the router. Call
   * it after {@link BackendState#LEAVING}, and bound the wait: a WebSocket may stay for hours.
   */
  public CompletionStage<Void> drained(InstanceName name) {
    Standing standing = table.standing(name);
    if (standing == null) return CompletableFuture.completedStage(null);
    // Each lane has finished choosing by the old table before the requests are counted.
    return lanes.each(lane -> {}).thenCompose(chosen -> standing.backend().emptied());
  }

  /** Stops listening and closes every connection, within milliseconds. */
  @Override
  public void close() {
    if (lanes.close()) front.close();
  }
}
