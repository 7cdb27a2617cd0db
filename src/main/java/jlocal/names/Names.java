package jlocal.names;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jlocal.app.RunningApp;
import jlocal.control.PortReservations;
import jlocal.os.PrivateFiles;
import jlocal.os.Threads;
import jlocal.plan.Planner;
import jlocal.router.Router;

/**
 * Gives an app its name, and keeps a router on the port by which all apps are reached. The one that
 * listens there holds a lock (fcntl(2)), which the system gives to the next when its owner ends in
 * any way.
 */
public final class Names {
  /** Not {@code .lock}: it belongs to no app. */
  private static final String LOCK = "front";

  /** Where another program has the port, it is tried again after so long. */
  private static final long RETRY_SECONDS = 10;

  /** How often it is tried when another app has ended. */
  private static final int TRIES = 200;

  private static final long PAUSE_MILLIS = 5;

  private final RunningApp app;
  private final Front front;
  private final String name;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean isTold;

  /**
   * Where all apps are reached.
   *
   * @param port usually 8080
   * @param mayListen whether this app may take it: not if a person chose another for its router
   * @param folder that of the control sockets, where the lock is
   */
  public record Front(int port, boolean mayListen, Path folder) {}

  private Names(RunningApp app, Front front, String name) {
    this.app = app;
    this.front = front;
    this.name = name;
  }

  /** Begins when the router listens. */
  public static void start(RunningApp app, Planner planner, Front front) {
    AppName own = AppName.of(Path.of(planner.request().app().key().root()));
    PortReservations known = planner.reservations();
    app.inside()
        .router()
        .accept(router ->
            Threads.optional(
                "front",
                () -> {
                  String name = known.chooseName(own::host, router.port());
                  new Names(app, front, name).run(router, new Neighbours(known::routers));
                }));
  }

  private void run(Router router, Neighbours neighbours) {
    router.serveNames(name, neighbours, closed::countDown);
    try {
      while (!isServed(router) && front.mayListen) {
        if (closed.await(RETRY_SECONDS, TimeUnit.SECONDS)) return;
      }
    } catch (IOException _) {
      tell(router.port()); // Without the lock its name is known to its own router only.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the lock and listens, until the app ends.
   *
   * @return false when this app does not listen
   */
  private boolean isServed(Router router) throws IOException, InterruptedException {
    var options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try (FileChannel file =
        FileChannel.open(front.folder.resolve(LOCK), options, PrivateFiles.FILE)) {
      boolean isFree = file.tryLock() != null;
      if (!isFree) tell(front.port);
      if (!isFree && front.mayListen) file.lock();
      boolean isListening = front.mayListen && listens(router, isFree ? 1 : TRIES);
      tell(isListening ? front.port : router.port());
      if (isListening) closed.await();
      return isListening;
    }
  }

  /** A killed process loses the lock first, and its sockets a moment later. */
  private boolean listens(Router router, int tries) throws InterruptedException {
    if (router.port() == front.port) return true;
    for (int i = 0; i < tries; i++) {
      if (closed.await(i == 0 ? 0 : PAUSE_MILLIS, TimeUnit.MILLISECONDS)) return false;
      try {
        router.listen(front.port);
        app.say().accept("listens on port " + front.port + ", too, for all apps");
        return true;
      } catch (IOException _) {
        // It is not free yet.
      }
    }
    return false;
  }

  private void tell(int port) {
    if (!isTold) app.inside().alsoAt().accept("http://" + name + ".localhost:" + port);
    isTold = true;
  }
}
