package jlocal.router;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** A complete response of the router itself. */
record LocalResponse(int status, String contentType, String body, int retryAfterSeconds) {
  private static final int LAST_LINES = 30;
  private static final HttpString POLICY = new HttpString("Content-Security-Policy");
  private static final HttpString NO_SNIFF = new HttpString("X-Content-Type-Options");

  /**
   * Returns an error response. Log lines, names and ports are for local hosts only: another Host
   * may be that of a page whose name resolves to this machine (DNS rebinding).
   *
   * @param about the instance that caused the error; null if there is none
   */
  static LocalResponse of(
      RouterError error, BackendSet.@Nullable Status about, ClientRequest request, Router router) {
    HeaderMap headers = request.head().headers();
    int retry = error.status() == 503 ? ErrorPage.RETRY_SECONDS : 0;
    if (!HostNames.isLocal(headers.getFirst(Headers.HOST), router.config().hosts())) {
      String code = error + " " + error.description() + "\n";
      return new LocalResponse(error.status(), ErrorPage.Form.TEXT.contentType(), code, retry);
    }
    List<String> lines = List.of();
    if (error == RouterError.H10 && about != null) {
      lines = router.lastLines(about.backend().name(), LAST_LINES);
    }
    ErrorPage.Form form = ErrorPage.Form.of(headers.getFirst(Headers.ACCEPT));
    String page =
        new ErrorPage(error, about, lines, request.origin().requestId()).in(form, router.pointer());
    return new LocalResponse(error.status(), form.contentType(), page, retry);
  }

  static LocalResponse text(int status, String sentence) {
    return new LocalResponse(status, ErrorPage.Form.TEXT.contentType(), sentence + "\n", 0);
  }

  /** Returns 400, with what is wrong with the request. */
  static LocalResponse badRequest(String what) {
    return text(400, "Bad request: " + what + ".");
  }

  /**
   * Sends it instead of any headers set so far.
   *
   * @param sent runs when the client's connection has accepted all of it; not if the client is gone
   */
  void send(HttpServerExchange exchange, Runnable sent) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.clear();
    headers.put(Headers.CONTENT_TYPE, contentType);
    headers.put(Headers.CONTENT_LENGTH, length());
    headers.put(Headers.CACHE_CONTROL, "no-store");
    headers.put(NO_SNIFF, "nosniff");
    headers.put(POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    if (retryAfterSeconds > 0) headers.put(Headers.RETRY_AFTER, retryAfterSeconds);
    HeaderFields.setKeepAlive(exchange);
    exchange.setStatusCode(status);
    exchange.setReasonPhrase(null);
    IoCallback callback =
        new IoCallback() {
          @Override
          public void onComplete(HttpServerExchange same, Sender sender) {
            sent.run();
          }

          @Override
          public void onException(HttpServerExchange same, Sender sender, IOException failure) {
            IoUtils.safeClose(same.getConnection());
          }
        };
    exchange.getResponseSender().send(body, StandardCharsets.UTF_8, callback);
  }

  /** The length of the body in bytes. */
  int length() {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }
}
