package jlocal.dashboard;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import jlocal.app.RunningApp;
import jlocal.os.Threads;
import org.xnio.Options;

/**
 * The page of a running app. It is served on a port of its own of 127.0.0.1, whatever the router
 * listens on.
 */
public final class Dashboard {
  private static final String ADDRESS = "127.0.0.1";
  private static final long MOST_BODY = 64 * 1024;
  private static final int THREADS = 8;

  private final Access access = new Access();
  private final int port;

  private Dashboard(RunningApp app) throws IOException {
    var log = new LogFeed();
    var site = new Site(access, app, log, new Samples(app));
    try {
      port = listen(site);
    } catch (RuntimeException e) {
      throw new IOException("cannot listen on " + ADDRESS + ": " + e.getMessage(), e);
    }
    Threads.optional("dashboard log", () -> log.follow(app.inside().log()));
    app.inside()
        .router()
        .accept(router -> router.pointFromErrors("Open the dashboard", address() + "/"));
  }

  /**
   * Opens it; from now on the log is followed.
   *
   * @throws IOException with a sentence when it cannot listen
   */
  public static Dashboard open(RunningApp app) throws IOException {
    return new Dashboard(app);
  }

  private static int listen(Site site) {
    // As for the router, which may not have been opened: no logging to stderr, no management.
    System.setProperty("org.jboss.logging.provider", "slf4j");
    System.setProperty("javax.management.builder.initial", "none");
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, ADDRESS)
            .setHandler(site)
            .setIoThreads(1)
            .setWorkerThreads(THREADS)
            .setDirectBuffers(false)
            .setWorkerOption(Options.WORKER_NAME, "dashboard")
            .setWorkerOption(Options.THREAD_DAEMON, true)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MOST_BODY)
            .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
  }

  private String address() {
    return "http://" + ADDRESS + ":" + port;
  }

  /** An address that shows the page once, to this user, within five minutes. */
  public String newLink() {
    return address() + access.newLink(System.nanoTime());
  }
}
