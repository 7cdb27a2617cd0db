package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Set;

/**
 * The head of a request as an instance gets it: as the client sent it, without what is meant for
 * the next hop only, and with the six fields Heroku's router adds.
 */
final class RequestHead {
  private RequestHead() {}

  /** Who sent the request, and by which way. */
  record Origin(String address, String scheme, int port, String requestId) {
    static Origin of(HttpServerExchange exchange, ClientHead head) {
      Client client = Client.of(exchange);
      String id = RequestId.of(head.headers().getFirst(Fields.REQUEST_ID));
      return new Origin(client.address(), exchange.getRequestScheme(), client.port(), id);
    }
  }

  /** Writes the head of a request. */
  static void write(HeadWriter out, Incoming incoming, Origin origin) {
    ClientHead head = incoming.head();
    out.clear();
    out.name(head.method()).text(" ").text(head.path()).text(" HTTP/1.1").line();
    HeaderMap headers = head.headers();
    if (!headers.contains(Headers.HOST)) out.field(Headers.HOST, "localhost:" + origin.port());
    copy(out, headers);
    String upgrade = incoming.upgrade();
    if (upgrade != null) {
      out.field(Headers.CONNECTION, "Upgrade");
      out.field(Headers.UPGRADE, upgrade);
    }
    if (incoming.chunked()) out.field(Headers.TRANSFER_ENCODING, "chunked");
    ours(out, headers, origin);
    out.line();
  }

  private static void copy(HeadWriter out, HeaderMap headers) {
    Set<HttpString> named = Fields.named(headers);
    for (long at = headers.fastIterateNonEmpty(); at != -1; at = headers.fiNextNonEmpty(at)) {
      HeaderValues values = headers.fiCurrent(at);
      HttpString name = values.getHeaderName();
      if (Fields.isHopByHop(name) || isOurs(name) || named.contains(name)) continue;
      for (int i = 0; i < values.size(); i++) out.field(name, values.get(i));
    }
  }

  private static boolean isOurs(HttpString name) {
    return switch (name.length()) {
      case 3 -> name.equals(Fields.VIA);
      case 12 -> name.equals(Fields.REQUEST_ID);
      case 15 -> name.equals(Fields.FORWARDED_FOR) || name.equals(Fields.REQUEST_START);
      case 16 -> name.equals(Fields.FORWARDED_PORT);
      case 17 -> name.equals(Fields.FORWARDED_PROTO);
      default -> false;
    };
  }

  private static void ours(HeadWriter out, HeaderMap headers, Origin origin) {
    out.field(Fields.REQUEST_ID, origin.requestId());
    out.field(Fields.FORWARDED_FOR, appended(headers, Fields.FORWARDED_FOR, origin.address()));
    out.field(Fields.FORWARDED_PROTO, origin.scheme());
    out.name(Fields.FORWARDED_PORT).text(": ").number(origin.port()).line();
    out.name(Fields.REQUEST_START).text(": ").number(System.currentTimeMillis()).line();
    out.field(Fields.VIA, appended(headers, Fields.VIA, "1.1 jlocal"));
  }

  static String appended(HeaderMap headers, HttpString name, String last) {
    String sent = Fields.joined(headers, name);
    return sent.isEmpty() ? last : sent + ", " + last;
  }
}
