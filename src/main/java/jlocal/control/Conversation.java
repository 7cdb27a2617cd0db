package jlocal.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What is done for one client, on a thread of its own. */
final class Conversation implements Runnable {
  /** A client that does not take an answer for so long will not take it at all. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Time to notice that the connection is gone. */
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final SocketChannel channel;
  private final Visitor words;
  private final Operator operator;
  private final Consumer<Conversation> over;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean parting;
  private volatile long writingSince = Long.MAX_VALUE;

  Conversation(Visitor words, Operator operator, Consumer<Conversation> over) {
    channel = words.channel();
    this.words = words;
    this.operator = operator;
    this.over = over;
  }

  @Override
  public void run() {
    try {
      channel.configureBlocking(true);
      converse(RequestLine.read(words.line()));
    } catch (Fields.Malformed e) {
      say(new Reply.Refused(String.valueOf(e.getMessage()), ""));
    } catch (IOException _) {
      // It has hung up.
    } finally {
      if (!parting) {
        hangUp();
        over.accept(this);
      }
      done.countDown();
    }
  }

  SocketChannel channel() {
    return channel;
  }

  /** Whether the client asks for the end of the app. */
  boolean endsAll() {
    try {
      return RequestLine.read(words.line()) instanceof Request.Stop stop && stop.endsAll();
    } catch (Fields.Malformed _) {
      return false;
    }
  }

  private void converse(Request request) {
    parting = request instanceof Request.Stop stop && stop.endsAll();
    Reply reply = operator.answer(request);
    if (parting) return; // The answer comes with the end.
    say(reply);
    if (reply instanceof Reply.Streaming) operator.stream(request, new Line(words));
  }

  private void say(Reply reply) {
    byte[] bytes = (ReplyLine.of(reply) + "\n").getBytes(StandardCharsets.UTF_8);
    var text = ByteBuffer.wrap(bytes);
    writingSince = System.nanoTime();
    try {
      while (text.hasRemaining()) channel.write(text);
    } catch (IOException _) {
      // It has hung up.
    } finally {
      writingSince = Long.MAX_VALUE;
    }
  }

  /** Whether the client has stopped reading in the middle of an answer. */
  boolean isStuck(long now) {
    long since = writingSince;
    return since != Long.MAX_VALUE && now - since > PATIENCE.toNanos();
  }

  void hangUp() {
    try {
      channel.close();
    } catch (IOException _) {
      // Nobody is there any more.
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
      if (parting) say(operator.ended());
      if (done || parting) return;
      hangUp();
      var _ = isDoneWithin(MOMENT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
