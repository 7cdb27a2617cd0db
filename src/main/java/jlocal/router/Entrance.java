package jlocal.router;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.ssl.SslConnection;

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
    HeadGuard guard = HeadGuard.of(exchange);
    Reply refusal = RequestCheck.refusal(exchange, guard == null ? 0 : guard.length());
    if (refusal != null) {
      new Refusal(context, exchange).send(refusal);
      return;
    }
    HeaderMap headers = exchange.getRequestHeaders();
    String host = headers.getFirst(Headers.HOST);
    Target target = Names.target(host, context.table());
    if (target == null) {
      new Refusal(context, exchange).send(Names.list(String.valueOf(host), context.table()));
      return;
    }
    String preferred = context.options().sticky() ? Affinity.preferred(headers) : null;
    Lane lane = context.lanes().of(exchange.getIoThread());
    Incoming incoming = Incoming.of(exchange, guard == null ? null : guard.target());
    new Trip(context, lane, incoming, new Asking(target, preferred)).start();
  }

  /** A head no request came of: the parser has refused it. */
  void sawUnreadable(StreamConnection client, @Nullable String target) {
    if (context.log().equals(RouterLog.OFF)) return;
    var peer = client.getPeerAddress(InetSocketAddress.class);
    String from = peer == null ? "" : peer.getAddress().getHostAddress();
    String scheme = client instanceof SslConnection ? "https" : "http";
    var asked = new Passage.Asked("", target == null ? "" : target, "", "", from, scheme);
    context.log(new Passage(asked, "", -1, -1, Fault.H26.status(), 0, Fault.H26));
  }

  /** Somebody speaks TLS to the port for plain HTTP. */
  void sawTls() {
    context.log().line("a client speaks HTTPS, but this port is for http://");
  }
}
