package jlocal.router;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** Where Undertow hands a request over: refused at the door, or sent on its trip. */
final class Entrance implements HttpHandler {
  private final RouterContext context;

  Entrance(RouterContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> tryToEnter(exchange));
  }

  /** A bug of ours must not leave a client waiting. */
  private void tryToEnter(HttpServerExchange exchange) {
    try {
      enter(exchange);
    } catch (RuntimeException bug) {
      context.log().line("at=error code=H99 desc=\"Platform error\" " + bug);
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  private void enter(HttpServerExchange exchange) {
    RequestHeadConduit http1 = RequestHeadConduit.of(exchange);
    RequestHeadParser parsed = http1 == null ? null : http1.take(exchange);
    ClientHead head = parsed == null ? ClientHead.http2(exchange) : parsed.head();
    Reply refusal = parsed == null ? http2Refusal(exchange, head) : parsed.refusal();
    if (refusal != null) {
      new Refusal(context, exchange, head).send(refusal);
      return;
    }
    String host = head.host();
    Target target = Names.target(host, context.table());
    if (target == null) {
      Reply names = Names.list(String.valueOf(host), context.table());
      new Refusal(context, exchange, head).send(names);
      return;
    }
    String preferred = context.options().sticky() ? Affinity.preferred(head.headers()) : null;
    Lane lane = context.lanes().of(exchange.getIoThread());
    Incoming incoming = Incoming.of(exchange, head);
    new Trip(context, lane, incoming, new Asking(target, preferred)).start();
  }

  /** Over HTTP/2 a stream may end before the body that its Content-Length announces. */
  private static @Nullable Reply http2Refusal(HttpServerExchange exchange, ClientHead head) {
    Reply refusal = RequestCheck.refusal(head);
    if (refusal != null) return refusal;
    boolean shorter = exchange.isRequestComplete() && exchange.getRequestContentLength() > 0;
    return shorter ? RequestCheck.bad("a body shorter than its Content-Length") : null;
  }

  /** Somebody speaks TLS to the port for plain HTTP. */
  void sawTls() {
    context.log().line("a client speaks HTTPS, but this port is for http://");
  }
}
