package jlocal.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jlocal.json.JsonFields.Malformed;
import jlocal.os.Cleanup;

/** Handles the request of one client, on a thread of its own. */
final class ClientSession implements Runnable, Reply.ClientStream {
  /** A client that does not read its reply within this time is disconnected. */
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);

  /** How long the thread of a closed connection has to end. */
  private static final Duration DISCONNECT_TIMEOUT = Duration.ofMillis(100);

  private final SocketChannel channel;
  private final Request request;
  private final ClientLines lines;
  private final RequestHandler handler;
  private final Consumer<ClientSession> over;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile long writingSince = Long.MAX_VALUE;

  /** {@code over} runs when the connection has been closed. */
  ClientSession(
      Request request, ClientLines lines, RequestHandler handler, Consumer<ClientSession> over) {
    channel = lines.channel();
    this.request = request;
    this.lines = lines;
    this.handler = handler;
    this.over = over;
  }

  @Override
  public void run() {
    try {
      channel.configureBlocking(true);
      Reply reply = handler.answer(request);
      if (request.endsApp()) return; // The reply is sent at the end of the app.
      say(reply);
      if (reply instanceof Reply.Streaming(var writer)) writer.accept(this);
    } catch (Malformed e) {
      say(new Reply.Refused(String.valueOf(e.getMessage()), ""));
    } catch (IOException _) {
      // The client has disconnected.
    } finally {
      if (!request.endsApp()) {
        disconnect();
        over.accept(this);
      }
      done.countDown();
    }
  }

  @Override
  public WritableByteChannel out() {
    return channel;
  }

  @Override
  public void listen(Consumer<String> line, Runnable closed) {
    Thread.ofPlatform()
        .name("control client's lines")
        .daemon()
        .start(() -> {
          readLines(line);
          closed.run();
        });
  }

  private void readLines(Consumer<String> reader) {
    try {
      while (true) {
        String line = lines.next();
        if (line != null) reader.accept(line);
      }
    } catch (IOException | Malformed _) {
      // The client has closed the connection, or sends no lines.
    }
  }

  private void say(Reply reply) {
    byte[] bytes = (reply.line() + "\n").getBytes(StandardCharsets.UTF_8);
    var text = ByteBuffer.wrap(bytes);
    writingSince = System.nanoTime();
    try {
      while (text.hasRemaining()) channel.write(text);
    } catch (IOException _) {
      // The client has disconnected.
    } finally {
      writingSince = Long.MAX_VALUE;
    }
  }

  /** Whether the client has stopped reading in the middle of a reply. */
  boolean isStuck(long now) {
    long since = writingSince;
    return since != Long.MAX_VALUE && now - since > WRITE_TIMEOUT.toNanos();
  }

  void disconnect() {
    Cleanup.close(channel);
  }

  private boolean isDoneWithin(Duration atMost) throws InterruptedException {
    return done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Ends the session at the end of the app, after it had this time to finish. Sends the reply to a
   * client that asked for that end; its connection is closed by the end of this process.
   */
  void end(Duration atMost) {
    try {
      boolean done = isDoneWithin(atMost);
      if (request.endsApp()) say(handler.ended());
      if (done || request.endsApp()) return;
      disconnect();
      var _ = isDoneWithin(DISCONNECT_TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
