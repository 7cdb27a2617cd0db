package jlocal.router;

import java.io.IOException;
import java.nio.ByteBuffer;
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
     * @param unread whether it had done so before the request came
     */
    void lost(boolean any, boolean unread);

    void garbled();

    void moved();
  }

  private final Sender sender;
  private final Incoming incoming;
  private final Upload upload;
  private final Download download;
  private final boolean reused;
  private @Nullable BackendConnection connection;

  /**
   * @param again the body, if an earlier attempt has read it from the client
   */
  Delivery(
      Lane lane,
      Incoming incoming,
      BackendConnection connection,
      byte @Nullable [] again,
      Sender sender) {
    this.sender = sender;
    this.incoming = incoming;
    this.connection = connection;
    reused = connection.isReused();
    upload = new Upload(lane, incoming, connection, again, this);
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

  /** The body, framed, if the whole request was small enough to go out at once; else null. */
  byte @Nullable [] sentAtOnce() {
    return upload.sentAtOnce();
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

  @Override
  public void informed(ResponseHead head) {
    try {
      InformationalResponse.send(incoming.exchange(), head);
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
  public void received(ResponseHead head) {
    BackendConnection mine = connection;
    connection = null;
    upload.stop();
    if (mine != null) mine.giveBack(head.keepAliveSeconds());
  }

  @Override
  public void broke(boolean any, boolean unread) {
    sender.lost(any, unread && reused && upload.sentAtOnce() != null);
  }

  @Override
  public void garbled() {
    sender.garbled();
  }
}
