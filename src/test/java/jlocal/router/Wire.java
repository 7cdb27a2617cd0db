package jlocal.router;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that sends and receives bytes. A read fails the test after ten seconds. */
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  Wire(int port) throws IOException {
    this("127.0.0.1", port);
  }

  Wire(String host, int port) throws IOException {
    this(new Socket(host, port));
  }

  Wire(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** A TLS client that negotiates a protocol by its ALPN name. */
  static Wire overTls(SSLContext trusting, int port, String protocol) throws IOException {
    var socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", port);
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return new Wire(socket);
  }

  InputStream in() {
    return in;
  }

  /** Sends one request on its own connection; returns the whole response. */
  static String once(int port, String request) throws IOException {
    try (var wire = new Wire(port)) {
      return wire.send(request).rest();
    }
  }

  static String get(String path, String... fields) {
    var request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String field : fields) request.append(field).append("\r\n");
    return request.append("\r\n").toString();
  }

  Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Up to and including the empty line. */
  String head() throws IOException {
    return head(in);
  }

  static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) return "";
      head.append((char) next);
    }
    return head.toString();
  }

  String read(int count) throws IOException {
    return text(in.readNBytes(count));
  }

  /** Bytes as characters, one for one. */
  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A whole response with a length. */
  String response() throws IOException {
    String head = head();
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("\r\ncontent-length:");
    if (at < 0) return head;
    String length = lower.substring(at + 17, lower.indexOf("\r\n", at + 2)).strip();
    return head + read(Integer.parseInt(length));
  }

  /** One line, without its CRLF. */
  static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    while (line.length() < 2 || !line.substring(line.length() - 2).equals("\r\n")) {
      int next = in.read();
      if (next < 0) throw new EOFException(line.toString());
      line.append((char) next);
    }
    return line.substring(0, line.length() - 2);
  }

  /** The content of one chunk. */
  String chunk() throws IOException {
    String content = read(Integer.parseInt(line(in), 16));
    read(2);
    return content;
  }

  /** Reads until the other side closes or resets. */
  String rest() throws IOException {
    var all = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) all.write(next);
    } catch (SocketException reset) {
      all.write("<reset>".getBytes(StandardCharsets.ISO_8859_1));
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes like a program that exits. */
  void hangUp() throws IOException {
    socket.close();
  }

  /** Resets the connection. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
