package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A whole response of the router's own. */
record Reply(int status, String contentType, String body, int retrySeconds) {
  private static final HttpString POLICY = new HttpString("Content-Security-Policy");
  private static final HttpString NO_SNIFF = new HttpString("X-Content-Type-Options");

  static Reply of(FaultPage page, @Nullable String accept) {
    FaultPage.Form form = FaultPage.Form.of(accept);
    int retry = page.fault().status() == 503 ? FaultPage.RETRY_SECONDS : 0;
    return new Reply(page.fault().status(), form.contentType(), page.in(form), retry);
  }

  static Reply text(int status, String sentence) {
    return new Reply(status, FaultPage.Form.TEXT.contentType(), sentence + "\n", 0);
  }

  /** Begins it, instead of what an instance may have said already. */
  Answer begin(HttpServerExchange exchange, Answer.Listener listener) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.clear();
    headers.put(Headers.CONTENT_TYPE, contentType);
    headers.put(Headers.CONTENT_LENGTH, bytes().length);
    headers.put(Headers.CACHE_CONTROL, "no-store");
    headers.put(NO_SNIFF, "nosniff");
    headers.put(POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    if (retrySeconds > 0) headers.put(Headers.RETRY_AFTER, retrySeconds);
    exchange.setStatusCode(status);
    exchange.setReasonPhrase(null);
    return new Answer(exchange, listener);
  }

  void finish(Answer answer) {
    answer.give(ByteBuffer.wrap(bytes()), null, true);
  }

  private byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
