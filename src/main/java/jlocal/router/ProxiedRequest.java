package jlocal.router;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * One request from its head to the end of its response, as a state machine: select a backend,
 * connect, send the request ({@link RequestSender}), receive the response ({@link
 * ResponseReceiver}). Everything happens on the I/O thread of the client's connection.
 */
final class ProxiedRequest {
  /** After all backends have refused. */
  private static final Duration RETRY_DELAY = Duration.ofMillis(50);

  /** How long a client that closed its sending side may still read. */
  private static final Duration HALF_CLOSE_TIMEOUT = Duration.ofMillis(900);

  private final RouterContext context;
  private final IoThreadContext thread;
  private final ClientRequest client;
  private final HttpServerExchange exchange;
  private final AccessLogEntry log;

  /** Selects again; registered with the table while waiting. */
  private final Runnable backendsChanged;

  private BackendSet.Query query;
  private RequestState state = RequestState.WAITING;

  /** Start of the state, or the last progress in it; as System.nanoTime. */
  private long since;

  private Duration waitTimeout = Duration.ZERO;
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

  ProxiedRequest(RouterContext context, ClientRequest client, BackendSet.Target target) {
    this.context = context;
    this.client = client;
    exchange = client.exchange();
    thread = context.of(exchange.getIoThread());
    log = new AccessLogEntry(client.head(), client.origin());
    String cookie = HeaderFields.stickyInstance(client.head().headers());
    query = new BackendSet.Query(target, context.config().sticky() ? cookie : null);
    backendsChanged = () -> thread.run(this::selectAgain);
  }

  private void enter(RequestState next) {
    state = next;
    since = thread.now();
  }

  /** Bytes have moved: the idle timeout starts again. */
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
    BackendSet seen = context.table().set(query.target().type());
    switch (context.table().select(query)) {
      case BackendSet.Selection.Use(Backend selected) -> connect(selected);
      case BackendSet.Selection.Wait(Duration timeout) -> {
        enter(RequestState.WAITING);
        waitTimeout = timeout;
        boolean waits = context.table().onChange(backendsChanged, seen, query.target().type());
        if (!waits) respondWithError(RouterError.H11, null);
      }
      case BackendSet.Selection.Retry() -> {
        enter(RequestState.WAITING);
        waitTimeout = Duration.ofDays(1);
        thread.after(RETRY_DELAY, this::selectAgain);
      }
      case BackendSet.Selection.Fail(RouterError error, BackendSet.Status about) ->
          respondWithError(error, about);
    }
  }

  private void selectAgain() {
    if (state != RequestState.WAITING) return;
    context.table().cancel(backendsChanged);
    query = query.after(Duration.ofNanos(System.nanoTime() - log.arrived()));
    select();
  }

  // 2. Connect.

  private void connect(Backend selected) {
    enter(RequestState.CONNECTING);
    backend = selected;
    selected.requestStarted();
    log.connecting(selected);
    UpstreamPool pool = thread.pool(selected);
    UpstreamConnection idle = retried ? null : pool.reuse(client.isRepeatable());
    if (idle != null) connected(idle);
    else pool.connect(this);
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
    if (!context.config().sticky() || backend == null) return;
    HeaderFields.setStickyInstance(backend, client.head().headers(), exchange.getResponseHeaders());
  }

  /** The response was read to its end; the client may not have it all yet. */
  void responseReceived(int keepAliveSeconds) {
    if (sender != null) sender.stop();
    if (connection != null) connection.end(keepAliveSeconds);
    connection = null;
  }

  /** The client's connection has taken the whole response. */
  void responseSent() {
    end(null);
    ClientConnection.finish(exchange, thread);
  }

  void switchProtocols(ResponseHead switching, byte[] first) {
    UpstreamConnection upstream = connection;
    if (upstream == null) return;
    connection = null;
    enter(RequestState.TUNNELLING);
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

  // What goes wrong on the side of the instance

  /**
   * The instance closed the connection before the end of its response.
   *
   * @param answered whether it had sent any bytes
   * @param unread whether it closed before the request arrived
   */
  void closedByInstance(boolean answered, boolean unread) {
    RequestSender lost = sender;
    UpstreamConnection old = connection;
    if (lost == null || old == null || backend == null) return;
    byte[] body = unread && old.isReused() ? lost.resendableBody() : null;
    BackendSet.Status status = context.table().status(backend.name());
    boolean draining = status == null || status.state() == BackendState.DRAINING;
    var closed =
        new RequestState.Closed(answered, lost.isEnded(), body != null, old.isReused(), draining);
    abortUpstream();
    if (!closed.mayRetry(client.isRepeatable(), retried)) {
      fail(closed.error());
      return;
    }
    // To another instance, or to the only one again, on a new connection.
    BackendSet set = context.table().set(query.target().type()).matching(query.target());
    if (set.up().size() > 1) query = query.without(backend);
    resend = body;
    retried = true;
    leaveBackend();
    select();
  }

  // What the client does

  void clientFailed(IOException why) {
    boolean malformed = why instanceof ChunkedRequestBody.Malformed;
    if (malformed && state != RequestState.RESPONDING) fail(RouterError.H26);
    else abort(RouterError.H27);
  }

  /** The bytes after an offer to upgrade may belong to the new protocol: they are not read. */
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
    RouterError error = state.timeout(idle, context.config().timeouts(), instanceIdle);
    if (error != null) fail(error);
    else if (state == RequestState.WAITING && idle.compareTo(waitTimeout) > 0) selectAgain();
  }

  // Ends

  /** Responds with an error; if the client has a head already, its connection is closed. */
  void fail(RouterError error) {
    boolean responding = state == RequestState.RESPONDING;
    if (responding || context.isClosing()) abort(error);
    else respondWithError(error, backend == null ? null : BackendSet.Status.up(backend));
  }

  private void respondWithError(RouterError error, BackendSet.@Nullable Status about) {
    abortUpstream();
    log.error(error);
    enter(RequestState.RESPONDING);
    if (!exchange.isRequestComplete()) exchange.setPersistent(false);
    var response = LocalResponse.of(error, about, client, context);
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
    if (state == RequestState.WAITING) context.table().cancel(backendsChanged);
    state = RequestState.ENDED;
    thread.remove(this);
    leaveBackend();
    if (error != null) log.error(error);
    long received = receiver == null ? 0 : receiver.bytesSent();
    context.log(log, exchange.getStatusCode(), received + otherBytes);
  }
}
