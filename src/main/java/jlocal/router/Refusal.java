package jlocal.router;

import io.undertow.server.HttpServerExchange;
import org.xnio.IoUtils;

/** Answers a request that never sets out, and closes its connection: its end is not certain. */
final class Refusal implements Answer.Listener {
  private final RouterContext context;
  private final HttpServerExchange exchange;
  private final Journey journey;

  Refusal(RouterContext context, HttpServerExchange exchange) {
    this.context = context;
    this.exchange = exchange;
    Client client = Client.of(exchange);
    String id = RequestId.of(exchange.getRequestHeaders().getFirst(Fields.REQUEST_ID));
    journey =
        new Journey(
            exchange,
            new RequestHead.Origin(
                client.address(), exchange.getRequestScheme(), client.port(), id));
  }

  void send(Reply reply) {
    exchange.setPersistent(false);
    reply.send(exchange, this);
  }

  @Override
  public void sent() {
    journey.refused();
    if (context.logs()) context.log().line(journey.passage(0).line());
    if (!exchange.isRequestComplete()) IoUtils.safeClose(exchange.getConnection());
  }

  @Override
  public void clientGone() {
    IoUtils.safeClose(exchange.getConnection());
  }

  @Override
  public void stalled(boolean now) {}
}
