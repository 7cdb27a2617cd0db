package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * One request from its head to the end of its answer; it ends in exactly one way. Everything
 * happens on the I/O thread of the client's connection.
 */
final class Trip
    implements Search.Seeker, Lane.Timed, Delivery.Sender, Answer.Listener, ClientWatch.Listener {

  private enum Phase {
    SEEKING,
    SENDING,
    WAITING,
    ANSWERING,
    TUNNELLING,
    LINGERING,
    OVER
  }

  /** How long a client that said all it wants is believed to listen still. */
  private static final Duration GRACE = Duration.ofMillis(900);

  private static final Duration LINGER = Duration.ofSeconds(5);

  private final RouterContext context;
  private final Lane lane;
  private final Incoming incoming;
  private final HttpServerExchange exchange;
  private final RequestHead.Origin origin;
  private final Journey journey;
  private final Search search;
  private Phase phase = Phase.SEEKING;
  private long since;
  private boolean resent;
  private long tunnelled;
  private byte @Nullable [] again;
  private @Nullable Delivery delivery;
  private @Nullable Answer answer;

  Trip(RouterContext context, Lane lane, Incoming incoming, Asking asking) {
    this.context = context;
    this.lane = lane;
    this.incoming = incoming;
    exchange = incoming.exchange();
    origin = RequestHead.Origin.of(exchange, incoming.head());
    journey = new Journey(exchange, incoming.head(), origin);
    search = new Search(context, lane, asking, journey, this);
  }

  void start() {
    lane.add(this);
    if (!incoming.hasBody()) watch();
    search.start(!incoming.isRepeatable());
  }

  /** Bytes behind a request for an upgrade may be of the new protocol: they are not looked at. */
  private void watch() {
    if (incoming.upgrade() != null) return;
    RequestHeadConduit bytes = RequestHeadConduit.of(exchange);
    if (bytes != null) new ClientWatch(exchange, bytes, this).start();
  }

  private void to(Phase next) {
    phase = next;
    since = lane.now();
  }

  @Override
  public void found(BackendConnection connection) {
    to(Phase.SENDING);
    HeadWriter head = lane.head();
    RequestHead.write(head, incoming, origin);
    delivery = new Delivery(lane, incoming, connection, again, this);
    delivery.start(head);
  }

  @Override
  public void nobody(Fault fault, @Nullable Standing about) {
    refuse(fault, about);
  }

  // What the instance does

  @Override
  public void moved() {
    since = lane.now();
  }

  @Override
  public void uploaded() {
    if (incoming.hasBody()) watch();
    if (phase == Phase.SENDING) to(Phase.WAITING);
  }

  @Override
  public Answer answered(ResponseHead head, Framing framing) {
    to(Phase.ANSWERING);
    Answer.head(exchange, head, framing);
    if (delivery != null && !delivery.uploadIsOver()) exchange.setPersistent(false);
    Backend by = search.backend();
    if (context.options().sticky() && by != null) {
      Affinity.remember(by, incoming.head().headers(), exchange.getResponseHeaders());
    }
    Answer begun = new Answer(exchange, this);
    answer = begun;
    return begun;
  }

  @Override
  public void upgraded(ResponseHead head, byte[] said, BackendConnection connection) {
    to(Phase.TUNNELLING);
    Answer.head(exchange, head, Framing.NONE);
    String agreed = head.protocol();
    String protocol = agreed != null ? agreed : incoming.upgrade();
    exchange.setPersistent(true);
    exchange.upgradeChannel(
        protocol,
        (client, same) ->
            new Tunnel(lane, client, connection, this::tunnelled).start(ByteBuffer.wrap(said)));
    exchange.endExchange();
  }

  private void tunnelled(long bytes) {
    tunnelled = bytes;
    end(null);
  }

  @Override
  public void lost(boolean any, boolean unread) {
    Delivery lost = delivery;
    if (lost == null || phase == Phase.OVER) return;
    if (unread) again = lost.sentAtOnce();
    lost.abort();
    if (unread || (!any && incoming.isRepeatable() && mayGoAgain(lost))) {
      to(Phase.SEEKING);
      search.anew();
    } else {
      fail(any || !lost.uploadIsOver() ? Fault.H18 : Fault.H13);
    }
  }

  /**
   * Once where the instance may just have closed an idle connection; always where it was told to
   * end: that is not the request's doing.
   */
  private boolean mayGoAgain(Delivery lost) {
    Backend by = search.backend();
    Standing standing = by == null ? null : context.table().standing(by.name());
    if (standing == null || standing.state() == BackendState.LEAVING) return true;
    boolean again = lost.wasReused() && !resent;
    resent = true;
    return again;
  }

  @Override
  public void garbled() {
    fail(Fault.H17);
  }

  // What the client does

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
      case SEEKING, SENDING, WAITING -> cut(Fault.H27);
      case ANSWERING -> {
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

  // Time

  @Override
  public void check(long now) {
    Patience patience = context.options().patience();
    switch (phase) {
      case SEEKING -> search.check(now);
      case SENDING -> expire(patience.idle(), now, sendingFault());
      case WAITING -> expire(patience.firstByte(), now, Fault.H12);
      case ANSWERING -> expire(patience.idle(), now, Fault.H15);
      case LINGERING -> {
        if (now - since > LINGER.toNanos()) lingered();
      }
      case TUNNELLING, OVER -> {}
    }
  }

  private Fault sendingFault() {
    return delivery != null && delivery.uploadWaitsForInstance() ? Fault.H15 : Fault.H28;
  }

  private void expire(Duration patience, long now, Fault fault) {
    if (!patience.isZero() && now - since > patience.toNanos()) fail(fault);
  }

  // Ends

  private void fail(Fault fault) {
    Backend blamed = search.backend();
    if (answer != null || context.lanes().isClosing()) cut(fault);
    else refuse(fault, blamed == null ? null : new Standing(blamed, BackendState.UP));
  }

  /** Answers in the app's place. */
  private void refuse(Fault fault, @Nullable Standing about) {
    if (delivery != null) delivery.abort();
    journey.fault(fault);
    to(Phase.ANSWERING);
    if (!exchange.isRequestComplete()) exchange.setPersistent(false);
    Reply reply = Reply.of(fault, about, incoming.head().headers(), context, origin.requestId());
    answer = reply.begin(exchange, this);
    reply.finish(answer);
  }

  @Override
  public void sent() {
    end(null);
    if (exchange.isRequestComplete()) return;
    to(Phase.LINGERING);
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
    if (delivery != null) delivery.abort();
    if (answer != null) answer.cut();
    end(fault);
    IoUtils.safeClose(exchange.getConnection());
  }

  private void end(@Nullable Fault fault) {
    if (phase == Phase.OVER) return;
    phase = Phase.OVER;
    lane.remove(this);
    search.end();
    if (fault != null) journey.fault(fault);
    context.log(journey, answer == null ? tunnelled : answer.bytes());
  }
}
