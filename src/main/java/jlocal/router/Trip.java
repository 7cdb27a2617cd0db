package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * One request from its head to the end of its answer: finds an instance, waits for one if need be,
 * and ends in exactly one way. Everything happens on the I/O thread of the client's connection.
 */
final class Trip
    implements BackendTable.Waiter,
        BackendPool.Borrower,
        Lane.Timed,
        Delivery.Sender,
        Answer.Listener,
        ClientWatch.Listener {

  private enum Phase {
    CHOOSING,
    WAITING,
    CONNECTING,
    SENDING,
    ANSWERING,
    STREAMING,
    TUNNELLING,
    LINGERING,
    OVER
  }

  /** How long a client that said all it wants is believed to listen still. */
  private static final Duration GRACE = Duration.ofMillis(900);

  private static final Duration LINGER = Duration.ofSeconds(5);
  private static final Duration MOMENT = Duration.ofMillis(50);

  private final RouterContext context;
  private final Lane lane;
  private final Incoming incoming;
  private final HttpServerExchange exchange;
  private final RequestHead.Origin origin;
  private final Asking asking;
  private final Journey journey;
  private Phase phase = Phase.CHOOSING;
  private long since;
  private Duration waitsAtMost = Duration.ZERO;
  private boolean resent;
  private @Nullable Backend backend;
  private @Nullable Delivery delivery;
  private @Nullable Answer answer;

  Trip(RouterContext context, Lane lane, Incoming incoming, Asking asking) {
    this.context = context;
    this.lane = lane;
    this.incoming = incoming;
    this.asking = asking;
    exchange = incoming.exchange();
    Client client = Client.of(exchange);
    String id = RequestId.of(exchange.getRequestHeaders().getFirst(Fields.REQUEST_ID));
    String scheme = exchange.getRequestScheme();
    origin = new RequestHead.Origin(client.address(), scheme, client.port(), id);
    journey = new Journey(exchange, origin);
  }

  void start() {
    lane.add(this);
    if (!incoming.hasBody()) watch();
    choose();
  }

  private void watch() {
    if (incoming.upgrade() || !(exchange.getConnection() instanceof HttpServerConnection)) return;
    new ClientWatch(lane, (HttpServerConnection) exchange.getConnection(), this).start();
  }

  private void to(Phase next) {
    phase = next;
    since = lane.now();
  }

  // ---- an instance to go to

  private void choose() {
    to(Phase.CHOOSING);
    Lineup seen = context.table().lineup(asking.target().type());
    switch (context.table().choose(asking)) {
      case Choice.Go(Backend chosen) -> connect(chosen, false);
      case Choice.Await(Duration atMost) -> await(seen, atMost);
      case Choice.Again() -> await(null, MOMENT);
      case Choice.Refuse(Fault fault, Standing about) -> refuse(fault, about);
    }
  }

  private void await(@Nullable Lineup seen, Duration atMost) {
    to(Phase.WAITING);
    waitsAtMost = atMost;
    if (seen == null) lane.after(atMost, this::awake);
    else if (!context.table().await(this, seen, asking.target().type())) refuse(Fault.H11, null);
  }

  @Override
  public void changed() {
    lane.thread().execute(this::awake);
  }

  private void awake() {
    if (phase != Phase.WAITING) return;
    context.table().forget(this);
    asking.again(Duration.ofNanos(System.nanoTime() - journey.arrived()));
    choose();
  }

  private void connect(Backend chosen, boolean anew) {
    to(Phase.CONNECTING);
    backend = chosen;
    chosen.enter();
    journey.connecting(chosen);
    BackendPool pool = lane.pool(chosen);
    if (anew) pool.lendNew(this);
    else pool.lend(this, !incoming.isRepeatable());
  }

  @Override
  public boolean waits() {
    return phase == Phase.CONNECTING;
  }

  @Override
  public void unreachable(Backend refusing) {
    leave();
    asking.refusedBy(refusing);
    choose();
  }

  @Override
  public void lent(BackendConnection connection) {
    journey.connected();
    to(Phase.SENDING);
    HeadWriter head = lane.head();
    RequestHead.write(head, exchange, origin, incoming.chunked(), incoming.upgrade());
    delivery = new Delivery(lane, incoming, connection, this);
    delivery.start(head);
  }

  // ---- what the instance does

  @Override
  public void moved() {
    since = lane.now();
  }

  @Override
  public void uploaded() {
    if (incoming.hasBody()) watch();
    if (phase == Phase.SENDING) to(Phase.ANSWERING);
  }

  @Override
  public Answer answered(ResponseHead head, Framing framing) {
    to(Phase.STREAMING);
    Answer.head(exchange, head, framing);
    if (delivery != null && !delivery.uploadIsOver()) exchange.setPersistent(false);
    Answer begun = new Answer(exchange, this);
    answer = begun;
    return begun;
  }

  @Override
  public void upgraded(ResponseHead head, byte[] said, BackendConnection connection) {
    to(Phase.TUNNELLING);
    Answer.head(exchange, head, Framing.NONE);
    String protocol = head.headers().getFirst(Headers.UPGRADE);
    exchange.setPersistent(true);
    exchange.upgradeChannel(
        protocol == null ? Fields.joined(exchange.getRequestHeaders(), Headers.UPGRADE) : protocol,
        (client, same) ->
            tunnel(new Tunnel(lane, client, connection.stream(), () -> end(null)), said));
    exchange.endExchange();
  }

  private static void tunnel(Tunnel tunnel, byte[] said) {
    tunnel.start(ByteBuffer.wrap(said));
  }

  @Override
  public void lost(boolean any) {
    Delivery lost = delivery;
    if (lost == null || phase == Phase.OVER) return;
    lost.abort();
    boolean stale = !any && lost.wasReused() && !resent && incoming.isRepeatable();
    if (stale && backend != null) {
      resent = true;
      Backend again = backend;
      leave();
      connect(again, true);
    } else {
      fail(any || !lost.uploadIsOver() ? Fault.H18 : Fault.H13);
    }
  }

  @Override
  public void garbled() {
    fail(Fault.H17);
  }

  // ---- what the client does

  @Override
  public void clientFailed(IOException why) {
    if (why instanceof ChunkedRequest.Malformed && answer == null) fail(Fault.H26);
    else cut(Fault.H27);
  }

  @Override
  public void clientGone() {
    cut(Fault.H27);
  }

  @Override
  public void gone() {
    cut(Fault.H27);
  }

  @Override
  public void halfClosed() {
    lane.after(GRACE, this::graceOver);
  }

  private void graceOver() {
    switch (phase) {
      case CHOOSING, WAITING, CONNECTING, SENDING, ANSWERING -> cut(Fault.H27);
      case STREAMING -> {
        if (isEventStream()) cut(Fault.H27);
      }
      case TUNNELLING, LINGERING, OVER -> {}
    }
  }

  /** Ends only with its client: nobody who reads such a stream closes half of it. */
  private boolean isEventStream() {
    String type = exchange.getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
    return type != null && type.startsWith("text/event-stream");
  }

  @Override
  public void stalled(boolean now) {
    if (delivery != null) delivery.pause(now);
    moved();
  }

  // ---- time

  @Override
  public void check(long now) {
    Patience patience = context.options().patience();
    switch (phase) {
      case WAITING -> {
        if (now - since > waitsAtMost.toNanos()) awake();
      }
      case CONNECTING -> expire(patience.connect(), now, Fault.H19);
      case SENDING -> expire(patience.idle(), now, sendingFault());
      case ANSWERING -> expire(patience.firstByte(), now, Fault.H12);
      case STREAMING -> expire(patience.idle(), now, Fault.H15);
      case LINGERING -> {
        if (now - since > LINGER.toNanos()) lingered();
      }
      case CHOOSING, TUNNELLING, OVER -> {}
    }
  }

  private Fault sendingFault() {
    return delivery != null && delivery.uploadWaitsForInstance() ? Fault.H15 : Fault.H28;
  }

  private void expire(Duration patience, long now, Fault fault) {
    if (!patience.isZero() && now - since > patience.toNanos()) fail(fault);
  }

  // ---- ends

  private void fail(Fault fault) {
    if (answer != null) cut(fault);
    else refuse(fault, backend == null ? null : new Standing(backend, BackendState.UP));
  }

  /** Answers in the app's place. */
  private void refuse(Fault fault, @Nullable Standing about) {
    if (delivery != null) delivery.abort();
    journey.fault(fault);
    to(Phase.STREAMING);
    if (!exchange.isRequestComplete()) exchange.setPersistent(false);
    var page = new FaultPage(fault, about, lastWords(fault, about), origin.requestId());
    String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
    answer = Reply.of(page, accept).send(exchange, this);
  }

  private List<String> lastWords(Fault fault, @Nullable Standing about) {
    if (fault != Fault.H10 || about == null) return List.of();
    return context.lastWords().of(about.backend().name(), 30);
  }

  @Override
  public void sent() {
    end(null);
    if (exchange.isRequestComplete()) return;
    phase = Phase.LINGERING;
    since = lane.now();
    lane.add(this);
    new Discard(lane, exchange, this::lingered).start();
  }

  private void lingered() {
    lane.remove(this);
    phase = Phase.OVER;
    if (!exchange.isRequestComplete()) IoUtils.safeClose(exchange.getConnection());
  }

  /** Closes both sides where they are: neither is told that a body ended. */
  private void cut(Fault fault) {
    if (phase == Phase.OVER || phase == Phase.LINGERING) return;
    context.table().forget(this);
    if (delivery != null) delivery.abort();
    if (answer != null) answer.cut();
    end(fault);
    IoUtils.safeClose(exchange.getConnection());
  }

  private void end(@Nullable Fault fault) {
    if (phase == Phase.OVER) return;
    phase = Phase.OVER;
    lane.remove(this);
    leave();
    if (fault != null) journey.fault(fault);
    if (context.logs())
      context.log().line(journey.passage(answer == null ? 0 : answer.bytes()).line());
  }

  private void leave() {
    if (backend != null) backend.leave();
    backend = null;
  }
}
