package jlocal.router;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** Undertow's handler of all requests: refuses a request or starts to proxy it. */
final class ProxyHandler implements HttpHandler {
  private final RouterContext context;

  ProxyHandler(RouterContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> handle(exchange));
  }

  private void handle(HttpServerExchange exchange) {
    try {
      RequestHeadConduit http1 = RequestHeadConduit.of(exchange);
      if (http1 == null) {
        var head = RequestHead.http2(exchange);
        route(exchange, head, refusalOfHttp2(exchange, head));
      } else {
        RequestHeadParser parsed = http1.parsed(exchange);
        route(exchange, parsed.head(), parsed.refusal());
      }
    } catch (RuntimeException bug) {
      context.log("at=error code=H99 desc=\"Platform error\" " + bug);
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /** A stream of HTTP/2 may end before the body that its Content-Length announces. */
  private static @Nullable LocalResponse refusalOfHttp2(
      HttpServerExchange exchange, RequestHead head) {
    LocalResponse refusal = RequestCheck.refusal(head);
    if (refusal != null) return refusal;
    boolean tooShort = exchange.isRequestComplete() && exchange.getRequestContentLength() > 0;
    return tooShort ? LocalResponse.badRequest("a body shorter than its Content-Length") : null;
  }

  private void route(
      HttpServerExchange exchange, RequestHead head, @Nullable LocalResponse refusal) {
    if (refusal != null) {
      refuse(exchange, head, refusal);
      return;
    }
    String host = head.host();
    BackendSet.Target target = HostNames.target(host, context.table());
    if (target == null) {
      refuse(exchange, head, HostNames.notFound(String.valueOf(host), context.table()));
      return;
    }
    new ProxiedRequest(context, ClientRequest.of(exchange, head), target).start();
  }

  /** Answers and closes the connection: where the request ends is not certain. */
  private void refuse(HttpServerExchange exchange, RequestHead head, LocalResponse refusal) {
    var entry = new AccessLogEntry(head, UpstreamRequestHead.Origin.of(exchange, head));
    exchange.setPersistent(false);
    refusal.send(
        exchange,
        () -> {
          entry.error(RouterError.H26);
          context.log(entry, refusal.status(), 0);
          ClientConnection.finish(exchange, context.of(exchange.getIoThread()));
        });
  }

  /** A client speaks TLS to the port for plain HTTP. */
  void tlsOnPlainPort() {
    context.log("a client speaks HTTPS, but this port is for http://");
  }
}
