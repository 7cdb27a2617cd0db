package jlocal.router;

import io.undertow.server.HttpServerExchange;
import org.xnio.IoUtils;

/** Answers a request that never sets out, and closes its connection: its end is not certain. */
final class Refusal implements Answer.Listener {
  private final RouterContext context;
  private final HttpServerExchange exchange;
  private final Journey journey;

  Refusal(RouterContext context, HttpServerExchange exchange, ClientHead head) {
    this.context = context;
    this.exchange = exchange;
    journey = new Journey(exchange, head, RequestHead.Origin.of(exchange, head));
  }

  void send(Reply reply) {
    exchange.setPersistent(false);
    reply.finish(reply.begin(exchange, this));
  }

  @Override
  public void sent() {
    journey.refused();
    context.log(journey, 0);
    if (!exchange.isRequestComplete()) IoUtils.safeClose(exchange.getConnection());
  }

  @Override
  public void clientGone() {
    IoUtils.safeClose(exchange.getConnection());
  }

  @Override
  public void stalled(boolean now) {}
}
