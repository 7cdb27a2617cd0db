package jlocal.router;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import org.xnio.IoUtils;

/** Undertow's root handler: rejects a request or starts to proxy it. */
record ProxyHandler(Router router) implements HttpHandler {
  @Override
  public void handleRequest(HttpServerExchange exchange) {
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> handle(exchange));
  }

  private void handle(HttpServerExchange exchange) {
    try {
      route(exchange, RequestHeadConduit.head(exchange));
    } catch (RuntimeException bug) {
      router.log("at=error code=H99 desc=\"Platform error\" " + bug);
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  private void route(HttpServerExchange exchange, RequestHead head) {
    LocalResponse refusal = head.refusal();
    if (refusal != null) {
      refuse(exchange, head, refusal);
      return;
    }
    String host = head.host();
    BackendSet.Target target = HostNames.target(host, router.table());
    if (target == null) {
      refuse(exchange, head, elsewhere(String.valueOf(host)));
      return;
    }
    new ProxiedRequest(router, ClientRequest.of(exchange, head, router.keepsBodies()), target)
        .start();
  }

  /**
   * Returns 421 for a client that uses one app's connection for another app, so that it opens a new
   * one (RFC 9110, 15.5.20).
   */
  private LocalResponse elsewhere(String host) {
    OtherApps others = router.others();
    return others != null && others.serves(host)
        ? LocalResponse.text(421, "This connection does not belong to " + host + ".")
        : HostNames.notFound(host, router.table(), others);
  }

  /** Responds and closes the connection, since the end of the request is uncertain. */
  private void refuse(HttpServerExchange exchange, RequestHead head, LocalResponse refusal) {
    var entry = new AccessLogEntry(head, ClientRequest.Origin.of(exchange, head));
    exchange.setPersistent(false);
    refusal.send(
        exchange,
        () -> {
          entry.error(RouterError.H26);
          router.log(entry, exchange, 0);
          ClientConnection.finish(exchange, router.of(exchange.getIoThread()));
        });
  }

  /** Called when a client speaks TLS to the port for plain HTTP. */
  void tlsOnPlainPort() {
    router.log("a client speaks HTTPS, but this port is for http://");
  }
}
