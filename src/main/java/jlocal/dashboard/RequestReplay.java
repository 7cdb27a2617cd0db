package jlocal.dashboard;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import jlocal.router.HandledRequest;
import jlocal.router.RecordedBody;
import org.jspecify.annotations.Nullable;

/** Sends a request to the router again, by the same route as the first. */
final class RequestReplay {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final HttpString REQUEST_ID = new HttpString("X-Request-ID");

  /** Fields that belong to the connection, not to the request. */
  private static final Set<HttpString> LEFT_OUT =
      Set.of(
          Headers.CONNECTION,
          Headers.CONTENT_LENGTH,
          Headers.EXPECT,
          Headers.HOST,
          Headers.TE,
          Headers.TRANSFER_ENCODING,
          Headers.UPGRADE,
          REQUEST_ID,
          new HttpString("Keep-Alive"));

  private RequestReplay() {}

  /** Returns why a request cannot be sent again; null if it can. */
  static @Nullable String refusal(HandledRequest it) {
    HeaderMap fields = it.fields();
    if (fields.contains(Headers.UPGRADE)) return "a WebSocket cannot be sent again";
    RecordedBody body = it.sent();
    if (body != null && body.length() > RecordedBody.MOST) return "its body was longer than 64 KB";
    String length = fields.getFirst(Headers.CONTENT_LENGTH);
    boolean hadBody =
        fields.contains(Headers.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    return hadBody && body == null ? "its body was not kept: start the app with --inspect" : null;
  }

  /**
   * Sends a request and waits for the end of the response, which is discarded.
   *
   * @param port of the router
   * @return the X-Request-ID of the new request
   */
  static String send(HandledRequest it, int port) throws IOException {
    String id = UUID.randomUUID().toString();
    RecordedBody kept = it.sent();
    byte[] body = kept == null ? new byte[0] : kept.bytes();
    try (var socket = new Socket("localhost", port)) {
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(head(it, id, body.length).getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      InputStream in = socket.getInputStream();
      var _ = in.transferTo(OutputStream.nullOutputStream());
    }
    return id;
  }

  private static String head(HandledRequest it, String id, int length) {
    var head = new StringBuilder(it.method() + " " + it.path() + " HTTP/1.1\r\n");
    head.append("Host: ").append(it.host()).append("\r\n");
    HeaderMap fields = it.fields();
    for (HeaderValues values : fields) {
      if (LEFT_OUT.contains(values.getHeaderName())) continue;
      for (String value : values) {
        head.append(values.getHeaderName()).append(": ").append(value).append("\r\n");
      }
    }
    if (length > 0) head.append("Content-Length: ").append(length).append("\r\n");
    return head + "X-Request-ID: " + id + "\r\nConnection: close\r\n\r\n";
  }
}
