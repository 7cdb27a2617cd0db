package jlocal.router;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * A request from its head to the end of its response, as a state machine: select a backend,
 * connect, send the request ({@link RequestSender}), receive the response ({@link
 * ResponseReceiver}). Runs on the I/O thread of the client's connection.
 */
final class ProxiedRequest {
  /** How long a client that closed its sending side may still read. */
  private static final Duration HALF_CLOSE_TIMEOUT = Duration.ofMillis(900);

  private final Router router;
  private final IoThreadContext thread;
  private final ClientRequest client;
  private final HttpServerExchange exchange;
  private final AccessLogEntry log;

  /** Selects again; registered with the table while waiting. */
  private final Runnable backendsChanged;

  private BackendSet.Query query;
  private RequestState state = RequestState.WAITING;

  /** When the state began, or made progress; as System.nanoTime. */
  private long since;

  /** Selects again at the end of a wait; null while not waiting. */
  private XnioExecutor.@Nullable Key waitTimer;

  private @Nullable Backend backend;
  private @Nullable UpstreamConnection connection;
  private @Nullable RequestSender sender;
  private @Nullable ResponseReceiver receiver;

  /** Whether the request was sent before; then only a new connection is used. */
  private boolean retried;

  /** The framed body for another attempt; null if it comes from the client. */
  private byte @Nullable [] resend;

  /** Bytes sent to the client through a tunnel, or as an error response. */
  private long otherBytes;

  ProxiedRequest(Router router, ClientRequest client, BackendSet.Target target) {
    this.router = router;
    this.client = client;
    exchange = client.exchange();
    thread = router.of(exchange.getIoThread());
    log = client.log();
    boolean sticky = router.config().sticky();
    String preferred = sticky ? HeaderFields.stickyInstance(client.head().headers()) : null;
    query = new BackendSet.Query(target, preferred);
    backendsChanged = () -> thread.run(this::selectAgain);
  }

  private void enter(RequestState next) {
    if (waitTimer != null) {
      waitTimer.remove();
      router.table().cancel(backendsChanged);
      waitTimer = null;
    }
    state = next;
    since = thread.now();
  }

  /** Restarts the idle timeout after bytes have moved. */
  void progress() {
    since = thread.now();
  }

  void start() {
    thread.add(this);
    if (!client.hasBody()) watchClient();
    select();
  }

  // 1. Select a backend.

  private void select() {
    BackendSet seen = router.table().set(query.target().type());
    switch (router.table().select(query)) {
      case BackendSet.Selection.Use(Backend selected) -> connect(selected);
      case BackendSet.Selection.Wait(Duration timeout) -> {
        enter(RequestState.WAITING);
        boolean waits = router.table().onChange(backendsChanged, seen, query.target().type());
        if (waits) waitTimer = thread.after(timeout, this::selectAgain);
        else respondWithError(RouterError.H11, null);
      }
      case BackendSet.Selection.Fail(RouterError error, BackendSet.Status about) ->
          respondWithError(error, about);
    }
  }

  private void selectAgain() {
    if (state != RequestState.WAITING) return;
    query = query.after(Duration.ofNanos(System.nanoTime() - log.arrived()));
    select();
  }

  // 2. Connect.

  private void connect(Backend selected) {
    enter(RequestState.CONNECTING);
    backend = selected;
    selected.requestStarted();
    log.connecting(selected);
    UpstreamConnection idle = retried ? null : thread.reuse(selected, client.isRepeatable());
    if (idle != null) connected(idle);
    else thread.connect(this, selected);
  }

  boolean isConnectingTo(Backend to) {
    return state == RequestState.CONNECTING && to.equals(backend);
  }

  void connectFailed(Backend refusing) {
    leaveBackend();
    query = query.without(refusing);
    select();
  }

  private void leaveBackend() {
    if (backend != null) backend.requestEnded();
    backend = null;
  }

  // 3. Send the request.

  void connected(UpstreamConnection to) {
    enter(RequestState.SENDING);
    log.connected();
    var newSender = new RequestSender(this, client, to);
    var newReceiver = new ResponseReceiver(this, client, to);
    connection = to;
    sender = newSender;
    receiver = newReceiver;
    to.begin(newSender, newReceiver);
    newSender.start(resend);
  }

  void requestSent() {
    if (client.hasBody()) watchClient();
    if (state == RequestState.SENDING) enter(RequestState.AWAITING_RESPONSE);
  }

  // 4. Receive the response.

  void responseStarted() {
    enter(RequestState.RESPONDING);
    if (sender != null && !sender.isEnded()) exchange.setPersistent(false);
    if (!router.config().sticky() || backend == null) return;
    HeaderFields.setStickyInstance(backend, client.head().headers(), exchange.getResponseHeaders());
  }

  /** Called when the response was read to its end; the client may not have all of it. */
  void responseReceived(int keepAliveSeconds) {
    if (sender != null) sender.stop();
    if (connection != null) connection.end(keepAliveSeconds);
    connection = null;
  }

  /** Called when the client's connection has accepted the whole response. */
  void responseSent() {
    end(null);
    ClientConnection.finish(exchange, thread);
  }

  void switchProtocols(ResponseHead switching, byte[] first) {
    UpstreamConnection upstream = connection;
    if (upstream == null) return;
    connection = null;
    enter(RequestState.TUNNELLING);
    router.opened(log, exchange);
    Tunnel.open(
        client,
        switching.upgrade(),
        upstream,
        first,
        bytes -> {
          otherBytes = bytes;
          end(null);
        });
  }

  // Failures of the instance

  /**
   * Handles an instance that closed the connection before the end of its response.
   *
   * @param answered whether it had sent any bytes
   * @param unread whether it closed before the request arrived
   */
  void closedByInstance(boolean answered, boolean unread) {
    RequestSender lost = sender;
    UpstreamConnection old = connection;
    if (lost == null || old == null || backend == null) return;
    byte[] body = unread && old.isReused() ? lost.resendableBody() : null;
    BackendSet.Status status = router.table().status(backend.name());
    boolean draining = status == null || status.state() == BackendState.DRAINING;
    var closed =
        new RequestState.Closed(answered, lost.isEnded(), body != null, old.isReused(), draining);
    abortUpstream();
    if (!closed.mayRetry(client.isRepeatable(), retried)) {
      fail(closed.error());
      return;
    }
    // Retry on a new connection, to another instance if there is one.
    BackendSet set = router.table().set(query.target().type()).matching(query.target());
    if (set.up().size() > 1) query = query.without(backend);
    resend = body;
    retried = true;
    leaveBackend();
    select();
  }

  // Events of the client

  void clientFailed(IOException why) {
    boolean malformed = why instanceof ChunkDecoder.Malformed;
    if (malformed && state != RequestState.RESPONDING) fail(RouterError.H26);
    else abort(RouterError.H27);
  }

  /**
   * Watches the client, unless it offered to upgrade: its next bytes may be of the new protocol.
   */
  private void watchClient() {
    if (client.upgrade() != null) return;
    ClientConnection.watch(
        exchange,
        () -> thread.after(HALF_CLOSE_TIMEOUT, this::halfCloseExpired),
        () -> abort(RouterError.H27));
  }

  private void halfCloseExpired() {
    if (state.endsWithHalfClose(client.isEventStream())) abort(RouterError.H27);
  }

  // Timeouts

  void checkTimeout() {
    var idle = Duration.ofNanos(thread.now() - since);
    boolean instanceIdle = sender != null && sender.waitsForInstance();
    RouterError error = state.timeout(idle, router.config().timeouts(), instanceIdle);
    if (error != null) fail(error);
  }

  // Endings

  /** Responds with an error; closes the client's connection if it has a head already. */
  void fail(RouterError error) {
    boolean responding = state == RequestState.RESPONDING;
    if (responding || router.isClosing()) abort(error);
    else respondWithError(error, backend == null ? null : BackendSet.Status.up(backend));
  }

  private void respondWithError(RouterError error, BackendSet.@Nullable Status about) {
    abortUpstream();
    log.error(error);
    enter(RequestState.RESPONDING);
    if (!exchange.isRequestComplete()) exchange.setPersistent(false);
    var response = LocalResponse.of(error, about, client, router);
    otherBytes = response.length();
    response.send(exchange, this::responseSent);
  }

  private void abortUpstream() {
    if (sender != null) sender.stop();
    if (receiver != null) receiver.stop();
    if (connection != null) connection.close();
    connection = null;
  }

  /** Closes both connections, so that neither side sees a complete body. */
  private void abort(RouterError error) {
    if (state == RequestState.ENDED) return;
    abortUpstream();
    end(error);
    IoUtils.safeClose(exchange.getConnection());
  }

  private void end(@Nullable RouterError error) {
    if (state == RequestState.ENDED) return;
    enter(RequestState.ENDED);
    thread.remove(this);
    leaveBackend();
    if (error != null) log.error(error);
    long received = receiver == null ? 0 : receiver.bytesSent();
    router.log(log, exchange, received + otherBytes);
  }
}
