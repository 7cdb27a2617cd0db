package jlocal.router;

import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One attempt to have a request answered, on one connection to one instance. */
final class Delivery implements BackendConnection.User, Upload.Listener, Download.Listener {
  /** The request's side of it. */
  interface Sender {
    void uploaded();

    void clientFailed(IOException why);

    Answer answered(ResponseHead head, Framing framing);

    void upgraded(ResponseHead head, byte[] said, BackendConnection connection);

    /**
     * The instance closed the connection.
     *
     * @param any whether it had sent something
     */
    void lost(boolean any);

    void garbled();

    void moved();
  }

  private final Sender sender;
  private final Incoming incoming;
  private final Upload upload;
  private final Download download;
  private final boolean reused;
  private @Nullable BackendConnection connection;

  Delivery(Lane lane, Incoming incoming, BackendConnection connection, Sender sender) {
    this.sender = sender;
    this.incoming = incoming;
    this.connection = connection;
    reused = connection.isReused();
    upload = new Upload(lane, incoming, connection, this);
    download = new Download(lane, incoming, connection, this);
  }

  /** Sends the head that the lane's writer holds, then the rest. */
  void start(HeadWriter head) {
    if (connection != null) connection.use(this);
    upload.start(head);
  }

  /** Whether the instance may have closed the connection before it saw the request. */
  boolean wasReused() {
    return reused;
  }

  boolean uploadIsOver() {
    return upload.isOver();
  }

  boolean uploadWaitsForInstance() {
    return upload.waitsForInstance();
  }

  /** Stops or resumes reading from the instance. */
  void pause(boolean paused) {
    if (connection != null) connection.wantReads(!paused);
  }

  /** Ends the attempt; to the instance the client went away. */
  void abort() {
    upload.stop();
    download.stop();
    BackendConnection mine = connection;
    connection = null;
    if (mine != null) mine.close();
  }

  @Override
  public void readable() {
    download.readable();
  }

  @Override
  public void writable() {
    upload.writable();
  }

  @Override
  public void uploaded() {
    sender.uploaded();
  }

  @Override
  public void clientFailed(IOException why) {
    sender.clientFailed(why);
  }

  @Override
  public void instanceStoppedReading() {
    // What it answered before it stopped is still to be read, and its end says the rest.
    if (connection != null) connection.wantReads(true);
  }

  @Override
  public void moved() {
    sender.moved();
  }

  /** Passes 100, 102 and 103 on to those who know them (RFC 9110, section 15.2). */
  @Override
  public void informed(ResponseHead head) {
    var exchange = incoming.exchange();
    if (!exchange.isHttp11()) return;
    if (!(exchange.getConnection() instanceof HttpServerConnection client)) return;
    var text =
        new StringBuilder("HTTP/1.1 ").append(head.status()).append(' ').append(head.reason());
    text.append("\r\n");
    for (var values : head.headers()) {
      for (String value : values) {
        text.append(values.getHeaderName()).append(": ").append(value).append("\r\n");
      }
    }
    inform(client, text.append("\r\n").toString());
  }

  /** Written past Undertow, which knows one response for each request. */
  private void inform(HttpServerConnection client, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    try {
      int written = client.getOriginalSinkConduit().write(bytes);
      if (written > 0 && bytes.hasRemaining()) client.close();
    } catch (IOException e) {
      sender.clientFailed(e);
    }
  }

  @Override
  public void upgraded(ResponseHead head, ByteBuffer rest) {
    byte[] said = new byte[rest.remaining()];
    rest.get(said);
    BackendConnection mine = connection;
    connection = null;
    if (mine != null) sender.upgraded(head, said, mine);
  }

  @Override
  public Answer answered(ResponseHead head, Framing framing) {
    return sender.answered(head, framing);
  }

  @Override
  public void received(ResponseHead head, boolean clean) {
    BackendConnection mine = connection;
    connection = null;
    if (mine == null) return;
    boolean reusable = clean && upload.isOver() && head.keepsAlive();
    upload.stop();
    if (reusable) mine.giveBack(head.keepAliveSeconds());
    else mine.close();
  }

  @Override
  public void broke(boolean any) {
    sender.lost(any);
  }

  @Override
  public void garbled() {
    sender.garbled();
  }
}
