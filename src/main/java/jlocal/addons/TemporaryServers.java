package jlocal.addons;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import jlocal.os.CallerEnvironment;
import jlocal.os.Cgroup;
import jlocal.os.Child;
import jlocal.os.Launch;
import jlocal.os.RunId;
import jlocal.os.Shell;
import jlocal.os.Signal;
import jlocal.os.SpawnFailure;
import jlocal.os.Spawner;
import jlocal.os.Watchdog;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Runs servers during one command while the app is not running. */
public final class TemporaryServers implements Closeable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 20;

  private final AddOns addOns;
  private final Closeable lock;
  private final RunId run;
  private final Spawner spawner;
  private final Watchdog watchdog;
  private final Deque<Server> servers = new ArrayDeque<>();

  /** A server and its last output. */
  private record Server(AddOn addOn, Child child, AtomicReference<String> said) {}

  private TemporaryServers(AddOns addOns, Closeable lock) {
    this.addOns = addOns;
    this.lock = lock;
    run = RunId.ofThisProcess(addOns.root());
    spawner = new Spawner(Cgroup.none());
    watchdog = spawner.watchdog(run, STOP_TIMEOUT);
    watchdog.start();
  }

  /**
   * Starts servers and waits until they are ready.
   *
   * @param lock for running them
   * @throws UserError if one fails, with its last output; then none is running
   */
  public static TemporaryServers start(AddOns addOns, List<AddOn> wanted, Closeable lock)
      throws UserError, SpawnFailure, IOException {
    var session = new TemporaryServers(addOns, lock);
    try {
      for (AddOn each : wanted) session.start(each);
      for (Server server : session.servers) await(server);
      return session;
    } catch (UserError | SpawnFailure | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private void start(AddOn addOn) throws SpawnFailure {
    var environment =
        new LinkedHashMap<String, @Nullable String>(CallerEnvironment.restore(System.getenv()));
    environment.putAll(addOn.environment());
    environment.put(RunId.VARIABLE, run.toString());
    List<String> argv = Shell.standard().argv(addOn.command());
    Child child = spawner.spawn(new Launch(argv, addOns.data(addOn), environment));
    watchdog.watch(child.pid());
    var said = new AtomicReference<>("");
    child.output().readBy(() -> read(child, said));
    servers.push(new Server(addOn, child, said));
  }

  private static void read(Child child, AtomicReference<String> said) {
    var bytes = ByteBuffer.allocateDirect(4096);
    try (var output = child.output()) {
      while (output.read(bytes.clear()) >= 0) {
        said.set(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
      }
    } catch (IOException _) {
      // The output was closed.
    }
  }

  private static void await(Server server) throws UserError {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!server.addOn.answers()) {
      boolean isOver = System.nanoTime() > deadline;
      if (isOver || hasEnded(server.child, PAUSE_MILLIS)) {
        String last = server.said.get().strip();
        last = last.substring(last.lastIndexOf('\n') + 1);
        throw new UserError(
            Problem.error("%s does not start: %s".formatted(server.addOn.name(), last)));
      }
    }
  }

  private static boolean hasEnded(Child child, long millis) {
    try {
      var _ = child.exit().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException _) {
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Stops the servers and waits for their end. */
  @Override
  public void close() throws IOException {
    servers.forEach(it -> it.child.signal(it.addOn.service().stopSignal()));
    for (Server server : servers) {
      boolean _ = hasEnded(server.child, STOP_TIMEOUT.toMillis());
      server.child.signal(Signal.KILL);
      boolean _ = hasEnded(server.child, STOP_TIMEOUT.toMillis());
      watchdog.forget(server.child.pid());
    }
    watchdog.close();
    spawner.close();
    lock.close();
  }
}
