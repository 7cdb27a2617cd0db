package jlocal.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** What is done for one client, on a thread of its own. */
final class Conversation implements Runnable {
  /** A client that does not take an answer for so long will not take it at all. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SocketChannel channel;
  private final String line;
  private final Operator operator;
  private final Consumer<Conversation> over;
  private final Thread thread;
  private volatile boolean parting;
  private volatile long writingSince = Long.MAX_VALUE;

  Conversation(SocketChannel channel, String line, Operator operator, Consumer<Conversation> over) {
    this.channel = channel;
    this.line = line;
    this.operator = operator;
    this.over = over;
    thread = Thread.ofPlatform().name("control client").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    try {
      channel.configureBlocking(true);
      converse(RequestLine.read(line));
    } catch (Fields.Malformed e) {
      say(new Reply.Refused(String.valueOf(e.getMessage()), ""));
    } catch (IOException _) {
      // It has hung up.
    } finally {
      if (!parting) hangUp();
      over.accept(this);
    }
  }

  private void converse(Request request) {
    switch (request) {
      case Request.Logs logs -> {
        say(new Reply.Streaming());
        operator.logs(logs, channel);
      }
      case Request.Stop stop when stop.endsAll() -> {
        parting = true;
        say(operator.answer(stop));
      }
      case Request.Info _,
          Request.Ps _,
          Request.Scale _,
          Request.Start _,
          Request.Restart _,
          Request.Stop _,
          Request.Reload _,
          Request.Await _ ->
          say(operator.answer(request));
    }
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

  /**
   * Ends it at the end of the app. Who asked for that end is answered first, and hears that nothing
   * is left by the end of the connection, which comes with the end of this process.
   */
  void end(Duration atMost) {
    if (!parting) hangUp();
    try {
      thread.join(atMost);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
