package jlocal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jlocal.control.ControlClient;
import jlocal.control.InstanceStatus;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal which instances a command is waiting for, in one line, after a second. */
final class Progress implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final String ERASE = "\r\033[K";

  /** The states in which nothing is awaited. */
  private static final Set<String> AT_REST = Set.of("up", "exited", "down");

  private static final int WIDTH = 76;

  private final Connection connection;
  private final Out err;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean isShown;

  /** Connects to the app again. */
  @FunctionalInterface
  interface Connection {
    @Nullable ControlClient open() throws IOException;
  }

  private Progress(Connection connection, Out err) {
    this.connection = connection;
    this.err = err;
  }

  /** Starts the display; shows nothing if standard error is not a terminal. */
  static Progress show(Connection connection, Out err) {
    var progress = new Progress(connection, err);
    if (Terminal.is(Stream.ERR)) {
      Thread.ofPlatform().name("progress").daemon().start(progress::run);
    }
    return progress;
  }

  private void run() {
    long since = System.nanoTime();
    try {
      while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        print(Duration.ofNanos(System.nanoTime() - since), waiting());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void print(Duration waited, List<String> waiting) {
    String names = String.join(", ", waiting);
    if (names.length() > WIDTH - 20) names = names.substring(0, WIDTH - 21) + "…";
    if (names.isEmpty() || closed.getCount() == 0) return;
    err.print(ERASE + "waiting for " + names + "  " + waited.toSeconds() + " s");
    isShown = true;
  }

  private List<String> waiting() {
    var waiting = new ArrayList<String>();
    try (ControlClient client = connection.open()) {
      if (client == null) return List.of();
      if (!(client.ask(Request.of("ps"), ANSWER_TIMEOUT) instanceof Reply.Instances(var all))) {
        return List.of();
      }
      for (InstanceStatus it : all) {
        if (AT_REST.contains(it.state())) continue;
        waiting.add(it.name() + " (" + (it.known().isEmpty() ? it.state() : it.known()) + ")");
      }
    } catch (IOException _) {
      // The app is busy or ending.
    }
    return waiting;
  }

  @Override
  public void close() {
    stop();
  }

  /** Stops the display and erases its line. */
  synchronized void stop() {
    closed.countDown();
    if (!isShown) return;
    isShown = false;
    err.print(ERASE);
  }
}
