package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole response of the router's own. */
record Reply(int status, String contentType, String body, int retrySeconds) {
  private static final int LAST_LINES = 30;
  private static final HttpString POLICY = new HttpString("Content-Security-Policy");
  private static final HttpString NO_SNIFF = new HttpString("X-Content-Type-Options");

  /**
   * Answers in the app's place. What the app has said, and how it is built, is for this machine
   * only: another Host may be that of a page whose name resolves to it (DNS rebinding).
   *
   * @param about the instance to blame; null when there is none
   */
  static Reply of(
      Fault fault,
      @Nullable Standing about,
      HeaderMap request,
      RouterContext context,
      String requestId) {
    int retry = fault.status() == 503 ? FaultPage.RETRY_SECONDS : 0;
    if (!Names.isLocal(request.getFirst(Headers.HOST), context.options().hosts())) {
      String code = fault + " " + fault.desc() + "\n";
      return new Reply(fault.status(), FaultPage.Form.TEXT.contentType(), code, retry);
    }
    List<String> words =
        fault == Fault.H10 && about != null
            ? context.lastWords().of(about.backend().name(), LAST_LINES)
            : List.of();
    FaultPage.Form form = FaultPage.Form.of(request.getFirst(Headers.ACCEPT));
    var page = new FaultPage(fault, about, words, requestId);
    return new Reply(fault.status(), form.contentType(), page.in(form), retry);
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
