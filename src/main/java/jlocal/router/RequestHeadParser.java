package jlocal.router;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Parses the head of one HTTP/1 request, line by line, as strictly as RFC 9112 is written: a line
 * ends in CRLF, a field is not folded, a name is a token, a value has no control character. The
 * bytes of the target and of the values are kept as they are.
 */
final class RequestHeadParser {
  /** Of a head, in bytes; Heroku allows 8 KiB for each line. */
  private static final int MAX_LENGTH = 64 * 1024 - 1;

  /** First byte of a TLS connection. */
  private static final byte TLS_HANDSHAKE = 22;

  private static final int MAX_FIELDS = 1_000;
  private static final String TOKEN = "!#$%&'*+-.^_`|~";
  private static final String PRIOR_KNOWLEDGE = "PRI * HTTP/2.0";

  private final HeaderMap headers = new HeaderMap();
  private HttpString method = Methods.GET;
  private String target = "";
  private HttpString version = Protocols.HTTP_1_1;
  private int fields;
  private int length;

  /** How many bytes of an incomplete line are known to hold no LF. */
  private int scanned;

  private boolean hasRequestLine;
  private boolean complete;
  private boolean tls;
  private @Nullable LocalResponse refusal;

  /**
   * Takes the complete lines of a buffer, up to the end of the head. An incomplete line stays.
   *
   * @return whether the head is complete, or refused
   */
  boolean parse(ByteBuffer bytes) {
    if (length == 0 && bytes.hasRemaining() && bytes.get(bytes.position()) == TLS_HANDSHAKE) {
      tls = true;
      complete = true;
    }
    int at = bytes.position() + scanned;
    while (!complete && at < bytes.limit()) {
      if (bytes.get(at++) != '\n') continue;
      byte[] line = new byte[at - bytes.position()];
      bytes.get(line);
      length += line.length;
      line(line);
    }
    scanned = bytes.remaining();
    if (length + (complete ? 0 : scanned) >= MAX_LENGTH) {
      refuse(LocalResponse.text(431, "The request's head is too long."));
    }
    return complete;
  }

  /** How many bytes of an incomplete line were looked at. */
  int scanned() {
    return scanned;
  }

  /** Whether no line was complete yet. */
  boolean isAtStart() {
    return length == 0;
  }

  /** Whether the client speaks TLS, which is not for this port. */
  boolean isTls() {
    return tls;
  }

  /** What was read; after a refusal as much as could be. */
  RequestHead head() {
    return new RequestHead(method, target, version, headers);
  }

  /** The answer to a request that must not pass; null for one that may. */
  @Nullable LocalResponse refusal() {
    return refusal;
  }

  /** Whether the client goes on in HTTP/2 without asking first (RFC 9113, section 3.3). */
  boolean isPriorKnowledge() {
    return version.equals(Protocols.HTTP_2_0);
  }

  private void line(byte[] line) {
    int end = line.length - 2;
    if (end < 0 || line[end] != '\r') {
      refuse("a line that does not end in CRLF");
    } else if (!hasRequestLine) {
      // RFC 9112, section 2.2: an empty line before a request is ignored.
      if (end > 0) requestLine(new String(line, 0, end, StandardCharsets.ISO_8859_1));
    } else if (end > 0) {
      field(line, end);
    } else {
      complete = true;
      if (!isPriorKnowledge()) refusal = RequestCheck.refusal(head());
    }
  }

  private void requestLine(String line) {
    hasRequestLine = true;
    if (line.equals(PRIOR_KNOWLEDGE)) {
      version = Protocols.HTTP_2_0;
      return;
    }
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    if (first < 1 || !isToken(line, first)) {
      refuse("an invalid method");
      return;
    }
    method = Methods.fromString(line.substring(0, first));
    target = line.substring(first + 1, second < 0 ? line.length() : second);
    String protocol = second < 0 ? "" : line.substring(second + 1);
    if (!protocol.matches("HTTP/1\\.\\d")) refuse("a request line that does not end in HTTP/1.1");
    else if (protocol.endsWith("0")) version = Protocols.HTTP_1_0;
  }

  private static boolean isToken(String text, int length) {
    for (int i = 0; i < length; i++) {
      if (!isToken(text.charAt(i))) return false;
    }
    return true;
  }

  private static boolean isToken(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN.indexOf(c) >= 0;
  }

  private void field(byte[] line, int end) {
    int colon = 0;
    while (colon < end && isToken(line[colon])) colon++;
    if (colon == 0 || colon == end || line[colon] != ':') {
      refuse("a line that is not a header field");
      return;
    }
    for (int i = colon + 1; i < end; i++) {
      if ((line[i] >= 0 && line[i] < ' ' && line[i] != '\t') || line[i] == 0x7f) {
        refuse("a control character in a field");
        return;
      }
    }
    if (++fields > MAX_FIELDS)
      refuse(LocalResponse.text(431, "The request has too many header fields."));
    else headers.add(HeaderFields.name(line, 0, colon), HeaderFields.value(line, colon + 1, end));
  }

  private void refuse(String what) {
    refuse(LocalResponse.badRequest(what));
  }

  private void refuse(LocalResponse reply) {
    refusal = reply;
    complete = true;
  }
}
