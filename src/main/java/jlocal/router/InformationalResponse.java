package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Passes the informational responses 100, 102 and 103 (RFC 9110, section 15.2) on to clients of
 * HTTP/1.1 and HTTP/2. Undertow knows one response for each request, and 100 beside it.
 */
final class InformationalResponse {
  private InformationalResponse() {}

  /**
   * Sends one, before the response itself.
   *
   * @throws IOException when the client takes no more
   */
  static void send(HttpServerExchange exchange, ResponseHead head) throws IOException {
    head.headers().remove(Headers.CONTENT_LENGTH); // RFC 9110, section 8.6
    if (exchange.getProtocol().equals(Protocols.HTTP_2_0)) http2(exchange, head);
    else if (exchange.isHttp11()) http1((HttpServerConnection) exchange.getConnection(), head);
  }

  /** Written past Undertow's response. */
  private static void http1(HttpServerConnection client, ResponseHead head) throws IOException {
    var text =
        new StringBuilder("HTTP/1.1 ").append(head.status()).append(' ').append(head.reason());
    text.append("\r\n");
    for (HeaderValues values : head.headers()) {
      for (String value : values) {
        text.append(values.getHeaderName()).append(": ").append(value).append("\r\n");
      }
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    int written = client.getOriginalSinkConduit().write(bytes);
    if (written > 0 && bytes.hasRemaining()) client.close();
  }

  /**
   * By Undertow's way to send 100, which it takes for requests that expect it. Flushed but not
   * ended, that response leaves the stream open.
   */
  private static void http2(HttpServerExchange exchange, ResponseHead head) throws IOException {
    var expecting = new HttpServerExchange(exchange.getConnection());
    expecting.setProtocol(Protocols.HTTP_2_0);
    expecting.getRequestHeaders().put(Headers.EXPECT, "100-continue");
    HttpServerExchange response = exchange.getConnection().sendOutOfBandResponse(expecting);
    response.setStatusCode(head.status());
    HeaderMap fields = response.getResponseHeaders();
    for (HeaderValues values : head.headers()) fields.putAll(values.getHeaderName(), values);
    response.getResponseChannel().flush();
  }
}
