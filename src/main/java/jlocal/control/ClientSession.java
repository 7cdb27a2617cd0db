package jlocal.control;

import java.io.ByteArrayOutputStream;
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

/** Serves the request of one client, on a thread of its own. */
final class ClientSession implements Runnable, ClientStream {
  private static final int BUFFER = 8 * 1024;

  /** A client that does not read its reply within this time is disconnected. */
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);

  /** How long the thread of a closed connection has to end. */
  private static final Duration DISCONNECT_TIMEOUT = Duration.ofMillis(100);

  private final SocketChannel channel;
  private final RequestReader reader;
  private final RequestHandler handler;
  private final Consumer<ClientSession> over;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean awaitsEnd;
  private volatile long writingSince = Long.MAX_VALUE;

  ClientSession(RequestReader reader, RequestHandler handler, Consumer<ClientSession> over) {
    channel = reader.channel();
    this.reader = reader;
    this.handler = handler;
    this.over = over;
  }

  @Override
  public void run() {
    try {
      channel.configureBlocking(true);
      serve(Request.read(reader.line()));
    } catch (Malformed e) {
      say(new Reply.Refused(String.valueOf(e.getMessage()), ""));
    } catch (IOException _) {
      // The client has disconnected.
    } finally {
      if (!awaitsEnd) {
        disconnect();
        over.accept(this);
      }
      done.countDown();
    }
  }

  SocketChannel channel() {
    return channel;
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

  private void readLines(Consumer<String> line) {
    var begun = new ByteArrayOutputStream();
    byte[] rest = reader.rest();
    ByteBuffer in = ByteBuffer.allocate(Math.max(BUFFER, rest.length)).put(rest);
    try {
      do {
        in.flip();
        while (in.hasRemaining()) add(in.get(), begun, line);
        in.clear();
      } while (begun.size() <= RequestReader.MAX_LINE && channel.read(in) >= 0);
    } catch (IOException _) {
      // The connection was reset.
    }
  }

  private static void add(byte next, ByteArrayOutputStream begun, Consumer<String> line) {
    if (next == '\n') {
      line.accept(begun.toString(StandardCharsets.UTF_8));
      begun.reset();
    } else {
      begun.write(next);
    }
  }

  /** Whether the client asks for the end of the app. */
  boolean endsAll() {
    try {
      return Request.read(reader.line()).endsApp();
    } catch (Malformed _) {
      return false;
    }
  }

  private void serve(Request request) {
    awaitsEnd = request.endsApp();
    Reply reply = handler.answer(request);
    if (awaitsEnd) return; // The answer comes with the end.
    say(reply);
    if (reply instanceof Reply.Streaming(var writer)) writer.accept(this);
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

  /** Whether the client has stopped reading in the middle of an answer. */
  boolean isStuck(long now) {
    long since = writingSince;
    return since != Long.MAX_VALUE && now - since > WRITE_TIMEOUT.toNanos();
  }

  void disconnect() {
    try {
      channel.close();
    } catch (IOException _) {
      // The client has disconnected.
    }
  }

  private boolean isDoneWithin(Duration atMost) throws InterruptedException {
    return done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Ends it at the end of the app, which lets it finish within this time. Who asked for that end
   * hears that nothing is left by the end of the connection, which comes with the end of this
   * process.
   */
  void end(Duration atMost) {
    try {
      boolean done = isDoneWithin(atMost);
      if (awaitsEnd) say(handler.ended());
      if (done || awaitsEnd) return;
      disconnect();
      var _ = isDoneWithin(DISCONNECT_TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
