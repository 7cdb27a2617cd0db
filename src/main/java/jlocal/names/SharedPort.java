package jlocal.names;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import jlocal.app.RunningApp;
import jlocal.control.PortReservations;
import jlocal.os.PrivateFiles;
import jlocal.os.Threads;
import jlocal.plan.Planner;
import jlocal.router.Router;

/**
 * Keeps the router of one app listening on the port that all apps share, where each has a name. The
 * app that listens there holds a lock (fcntl(2)), which passes to the next when it ends in any way.
 */
public final class SharedPort {
  /** The lock file; not named {@code .lock}, because it belongs to no app. */
  private static final String LOCK = "front";

  private static final String LOCK_HTTPS = "front-https";

  /** The delay between attempts while another program has the port. */
  private static final long RETRY_SECONDS = 10;

  /** The number of attempts after another app has ended. */
  private static final int TRIES = 200;

  private static final long PAUSE_MILLIS = 5;

  private final RunningApp app;
  private final Address shared;
  private final int ownPort;
  private final IntConsumer told;
  private final CountDownLatch closed;
  private int toldPort;

  /**
   * The address that all apps share.
   *
   * @param port usually 8080, for HTTPS 8443
   * @param mayListen whether this app may use it: not if the user chose another port for its router
   * @param folder that of the control sockets, with the lock
   */
  public record Address(int port, boolean mayListen, Path folder) {}

  /**
   * @param own the router's own port
   * @param told receives the app's port, and each change
   */
  private SharedPort(
      RunningApp app, Address shared, int own, IntConsumer told, CountDownLatch closed) {
    this.app = app;
    this.shared = shared;
    ownPort = own;
    this.told = told;
    this.closed = closed;
  }

  /**
   * Begins when the router listens.
   *
   * @param shared for HTTP
   * @param secure for HTTPS; only an app with HTTPS listens there
   */
  public static void start(RunningApp app, Planner planner, Address shared, Address secure) {
    AppName own = AppName.of(Path.of(planner.request().app().key().root()));
    PortReservations known = planner.reservations();
    Consumer<Router> begin =
        router -> {
          String name = known.chooseName(own::host, router.port());
          var closed = new CountDownLatch(1);
          router.serveNames(name, new OtherRunningApps(known::routers), closed::countDown);
          IntConsumer tell =
              port -> app.inside().alsoAt().accept("http://" + name + ".localhost:" + port);
          var https = new SharedPort(app, secure, router.httpsPort(), _ -> {}, closed);
          if (router.httpsPort() > 0) {
            Threads.optional("front https", () -> https.run(router::listenHttps, LOCK_HTTPS));
          }
          new SharedPort(app, shared, router.port(), tell, closed).run(router::listen, LOCK);
        };
    app.inside().router().accept(router -> Threads.optional("front", () -> begin.accept(router)));
  }

  /** Listens on a port. */
  @FunctionalInterface
  private interface Listen {
    void on(int port) throws IOException;
  }

  private void run(Listen listen, String lock) {
    try {
      while (!isServed(listen, lock) && shared.mayListen) {
        if (closed.await(RETRY_SECONDS, TimeUnit.SECONDS)) return;
      }
    } catch (IOException _) {
      tell(ownPort); // Without the lock, only its own router knows its name.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the lock and listens, until the app ends.
   *
   * @return false if this app does not listen
   */
  private boolean isServed(Listen listen, String lock) throws IOException, InterruptedException {
    var options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try (FileChannel file =
        FileChannel.open(shared.folder.resolve(lock), options, PrivateFiles.FILE)) {
      boolean isFree = file.tryLock() != null;
      if (!isFree) tell(shared.port);
      if (!isFree && shared.mayListen) file.lock();
      boolean isListening = shared.mayListen && listens(listen, isFree ? 1 : TRIES);
      if (isFree || shared.mayListen) tell(isListening ? shared.port : ownPort);
      if (isListening) closed.await();
      return isListening;
    }
  }

  /** Listens; retries, because a killed process loses its lock a moment before its sockets. */
  private boolean listens(Listen listen, int tries) throws InterruptedException {
    if (ownPort == shared.port) return true;
    for (int i = 0; i < tries; i++) {
      if (closed.await(i == 0 ? 0 : PAUSE_MILLIS, TimeUnit.MILLISECONDS)) return false;
      try {
        listen.on(shared.port);
        app.say().accept("listens on port " + shared.port + ", too, for all apps");
        return true;
      } catch (IOException _) {
        // It is still in use.
      }
    }
    return false;
  }

  private void tell(int port) {
    if (port == toldPort || closed.getCount() == 0) return;
    toldPort = port;
    told.accept(port);
  }
}
