package jlocal.router;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;

/** Where Undertow hands a request over: refused at the door, or sent on its trip. */
final class Entrance implements HttpHandler {
  private final RouterContext context;

  Entrance(RouterContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> enter(exchange));
  }

  private void enter(HttpServerExchange exchange) {
    Reply refusal = RequestCheck.refusal(exchange);
    Lane lane = context.lanes().of(exchange.getIoThread());
    if (refusal != null) new Refusal(context, exchange).send(refusal);
    else new Trip(context, lane, Incoming.of(exchange), new Asking(Target.WEB, null)).start();
  }
}
