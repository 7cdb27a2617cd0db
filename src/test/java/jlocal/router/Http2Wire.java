package jlocal.router;

import io.undertow.protocols.http2.HpackDecoder;
import io.undertow.util.HeaderMap;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 client that sends the frames a test specifies, even contradictory ones. */
final class Http2Wire implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int WINDOW_UPDATE = 8;

  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /** A frame from the server; of HEADERS the fields, else the payload. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int type, int flags, int stream, HeaderMap fields, byte[] payload) {
    String status() {
      return fields.getFirst(":status");
    }

    boolean endsStream() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }
  }

  private final Wire wire;
  private final DataInputStream in;
  private final HpackDecoder decoder = new HpackDecoder(4096);

  Http2Wire(Wire wire) throws IOException {
    this.wire = wire;
    in = new DataInputStream(wire.in());
    wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** Begins a stream, with fields as name, value, name, value. */
  Http2Wire request(int stream, boolean end, String method, String path, String... fields)
      throws IOException {
    var block = new ByteArrayOutputStream();
    field(block, ":method", method);
    field(block, ":scheme", "https");
    field(block, ":authority", "localhost");
    field(block, ":path", path);
    for (int i = 0; i < fields.length; i += 2) field(block, fields[i], fields[i + 1]);
    frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block.toByteArray());
    return this;
  }

  Http2Wire data(int stream, boolean end, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    frame(DATA, end ? END_STREAM : 0, stream, bytes);
    return this;
  }

  /** Literal, not indexed, not compressed (RFC 7541, section 6.2.2). */
  private static void field(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    for (String text : new String[] {name, value}) {
      block.write(text.length());
      block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    var frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    wire.send(frame.array());
  }

  /** Returns the next frame of a stream. */
  Frame next() throws IOException {
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(length);
      var fields = new HeaderMap();
      if (type == HEADERS) decode(payload, fields);
      if (type == SETTINGS && flags == 0) frame(SETTINGS, 1, 0, new byte[0]);
      if (type == SETTINGS || type == PING || type == WINDOW_UPDATE) continue;
      return new Frame(type, flags, stream, fields, payload);
    }
  }

  private void decode(byte[] payload, HeaderMap into) throws IOException {
    decoder.setHeaderEmitter((name, value, never) -> into.add(name, value));
    try {
      decoder.decode(ByteBuffer.wrap(payload), false);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
