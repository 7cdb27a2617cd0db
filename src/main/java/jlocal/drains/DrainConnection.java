package jlocal.drains;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import jlocal.os.Cleanup;
import org.jspecify.annotations.Nullable;

/** Sends messages to the URL of a drain. For one thread, except {@link #close}. */
sealed interface DrainConnection extends AutoCloseable {
  int CONNECT_TIMEOUT_MILLIS = 5_000;
  int RESPONSE_TIMEOUT_MILLIS = 15_000;

  /**
   * Sends messages, all or, as far as is known, none.
   *
   * @throws IOException if they must be sent again
   */
  void send(List<SyslogMessage> messages) throws IOException;

  @Override
  void close();

  /** Returns the connection for a drain's URL. */
  static DrainConnection to(DrainList.Drain drain, Supplier<SSLContext> tls) {
    return switch (String.valueOf(drain.uri().getScheme())) {
      case "syslog+udp" -> new Udp(drain);
      case "syslog", "syslog+tls" -> new Stream(drain, tls);
      default -> new Http(drain, tls);
    };
  }

  private static InetSocketAddress address(URI uri, int standard) {
    return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort());
  }

  /** Frames messages, each with its length (RFC 6587, 3.4.1). */
  private static byte[] framed(
      List<SyslogMessage> messages, String host, boolean hasStructuredData) {
    var out = new ByteArrayOutputStream();
    for (SyslogMessage message : messages) {
      byte[] bytes = message.bytes(host, hasStructuredData);
      out.writeBytes((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  /** Over TCP (RFC 6587) or TLS (RFC 5425). */
  final class Stream implements DrainConnection {
    private final DrainList.Drain drain;
    private final Supplier<SSLContext> tls;
    private volatile @Nullable Socket socket;

    Stream(DrainList.Drain drain, Supplier<SSLContext> tls) {
      this.drain = drain;
      this.tls = tls;
    }

    @Override
    public void send(List<SyslogMessage> messages) throws IOException {
      try {
        Socket open = socket;
        if (open == null || isClosedByPeer(open)) {
          close();
          open = connect();
        }
        open.getOutputStream().write(framed(messages, drain.token(), true));
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    private Socket connect() throws IOException {
      boolean isTls = drain.uri().getScheme().endsWith("tls");
      var plain = new Socket();
      socket = plain;
      InetSocketAddress peer = address(drain.uri(), isTls ? 6514 : 514);
      plain.connect(peer, CONNECT_TIMEOUT_MILLIS);
      plain.setSoTimeout(RESPONSE_TIMEOUT_MILLIS);
      if (isTls) {
        var secure =
            (SSLSocket)
                tls.get()
                    .getSocketFactory()
                    .createSocket(plain, peer.getHostString(), peer.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        socket = secure;
      }
      plain.setSoTimeout(1);
      return Objects.requireNonNull(socket);
    }

    /** Checks this first, for a write to a connection closed by the peer would be lost. */
    private static boolean isClosedByPeer(Socket open) {
      try {
        return open.getInputStream().read() < 0;
      } catch (SocketTimeoutException _) {
        return false;
      } catch (IOException _) {
        return true;
      }
    }

    @Override
    public void close() {
      Cleanup.close(socket);
      socket = null;
    }
  }

  /** One datagram per message (RFC 5426); losses are not noticed. */
  record Udp(DrainList.Drain drain) implements DrainConnection {
    @Override
    public void send(List<SyslogMessage> messages) throws IOException {
      InetSocketAddress peer = address(drain.uri(), 514);
      if (peer.isUnresolved()) throw new IOException("unknown host " + peer.getHostString());
      try (var socket = new DatagramSocket()) {
        for (SyslogMessage message : messages) {
          byte[] bytes = message.bytes(drain.token(), true);
          socket.send(new DatagramPacket(bytes, bytes.length, peer));
        }
      }
    }

    @Override
    public void close() {}
  }

  /** One POST per batch. */
  final class Http implements DrainConnection {
    private final DrainList.Drain drain;
    private final Supplier<SSLContext> tls;
    private volatile @Nullable HttpURLConnection open;

    Http(DrainList.Drain drain, Supplier<SSLContext> tls) {
      this.drain = drain;
      this.tls = tls;
    }

    @Override
    public void send(List<SyslogMessage> messages) throws IOException {
      byte[] body = framed(messages, "host", false);
      var http = (HttpURLConnection) drain.uri().toURL().openConnection();
      open = http;
      if (http instanceof HttpsURLConnection https)
        https.setSSLSocketFactory(tls.get().getSocketFactory());
      http.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
      http.setReadTimeout(RESPONSE_TIMEOUT_MILLIS);
      http.setInstanceFollowRedirects(false);
      http.setRequestMethod("POST");
      http.setDoOutput(true);
      http.setFixedLengthStreamingMode(body.length);
      http.setRequestProperty("Content-Type", "application/logplex-1");
      http.setRequestProperty("Logplex-Msg-Count", "" + messages.size());
      http.setRequestProperty("Logplex-Frame-Id", frameId());
      http.setRequestProperty("Logplex-Drain-Token", drain.token());
      http.setRequestProperty("User-Agent", "Logplex/v72 (jlocal)");
      String user = drain.uri().getUserInfo();
      if (user != null) http.setRequestProperty("Authorization", "Basic " + base64(user));
      try (var out = http.getOutputStream()) {
        out.write(body);
      }
      int status = http.getResponseCode();
      if (status < 200 || status > 299) throw new IOException("it answers " + status);
      try (var in = http.getInputStream()) {
        long _ = in.transferTo(OutputStream.nullOutputStream()); // Lets the connection be reused.
      }
    }

    private static String frameId() {
      return UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    }

    private static String base64(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      HttpURLConnection last = open;
      if (last != null) last.disconnect();
    }
  }
}
