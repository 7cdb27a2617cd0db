package jlocal.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import jlocal.app.RunningApp;
import jlocal.os.Threads;
import jlocal.router.RecentRequests;
import org.xnio.Options;

/** The dashboard of a running app, on a port of its own, always on 127.0.0.1. */
public final class Dashboard {
  private static final String ADDRESS = "127.0.0.1";
  private static final long MOST_BODY = 64 * 1024;
  private static final int THREADS = 8;
  private static final int STEP_SECONDS = 10;

  private final AccessControl access = new AccessControl();
  private final int port;

  /** The router's requests; empty without a router. */
  private volatile RecentRequests requests = new RecentRequests();

  private Dashboard(RunningApp app, AddOnSource addOns) throws IOException {
    var log = new LogFeed();
    var samples = new UsageSampler(app, addOns);
    var charts = new Charts();
    var api = new DashboardApi(app, () -> requests, charts, addOns);
    Function<OutputStream, PageEvents> newPage =
        out -> new PageEvents(out, log, samples, () -> requests);
    var site = new DashboardHandler(access, api, newPage);
    try {
      port = listen(site);
    } catch (RuntimeException e) {
      throw new IOException("cannot listen on " + ADDRESS + ": " + e.getMessage(), e);
    }
    Threads.optional("dashboard log", () -> log.follow(app.inside().log()));
    Runnable sample = () -> Threads.guarded(() -> charts.sample(samples.latest()));
    var _ =
        Threads.scheduler("dashboard charts")
            .scheduleAtFixedRate(sample, 0, STEP_SECONDS, TimeUnit.SECONDS);
    app.inside()
        .router()
        .accept(router -> {
          requests = router.recent();
          router.observe(charts);
          router.pointFromErrors("Open the dashboard", address() + "/");
        });
    Threads.optional(
        "dashboard warm-up", () -> warmUp(newPage.apply(OutputStream.nullOutputStream())));
  }

  /** Loads the classes for a response, by a request of our own, while the browser starts. */
  private void warmUp(PageEvents page) {
    String cookie = AccessControl.COOKIE + "=" + access.session();
    try {
      for (String path : List.of(access.newLink(System.nanoTime()), access.root())) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + ADDRESS + "\r\nCookie: " + cookie;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
          var _ = socket.getInputStream().readAllBytes();
        }
      }
      var _ = page.sendChanges();
    } catch (IOException _) {
      // The browser will wait for it.
    }
  }

  /**
   * Opens the dashboard, follows the log and observes the router.
   *
   * @throws IOException with a sentence if it cannot listen
   */
  public static Dashboard open(RunningApp app, AddOnSource addOns) throws IOException {
    return new Dashboard(app, addOns);
  }

  private static int listen(DashboardHandler site) {
    // As for the router, which may not be open: no logging to stderr, no management.
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

  /** Returns an address that opens the page once, for this user, within five minutes. */
  public String newLink() {
    return address() + access.newLink(System.nanoTime());
  }
}
