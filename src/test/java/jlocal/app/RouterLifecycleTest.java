package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import jlocal.control.Reply;
import jlocal.formation.Formation;
import jlocal.plan.PlanRequest.Setting;
import jlocal.problem.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the router of an app is opened; no process is started. */
@Timeout(60)
class RouterLifecycleTest {
  private static final String WEB = "web: true\n";
  private static final String WORKER = "worker: true\n";

  @TempDir Path root;

  private AppFixture app(String types) throws IOException {
    return new AppFixture(root, types, AppFixture.anyPort());
  }

  private static void accepts(String url) throws IOException {
    int port = URI.create(url).getPort();
    try (var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void an_app_with_web_gets_it_from_the_start() throws Exception {
    try (var app = app(WEB)) {
      assertThat(app.router.url()).isEmpty();
      app.router.open();

      accepts(app.router.url());
      assertThat(app.router.awaitOpen())
          .isEqualTo(new Reply.Done(List.of("web is on " + app.router.url())));
      assertThat(app.router.openFor(app.app.formation())).as("known already").isEmpty();
    }
  }

  @Test
  void another_gets_it_with_the_first_web() throws Exception {
    Formation web;
    try (var app = app(WEB + WORKER)) {
      web = app.app.formation();
    }
    try (var app = app(WORKER)) {
      app.router.open();
      assertThat(app.router.awaitOpen()).isEqualTo(new Reply.Done(List.of()));
      assertThat(app.router.openFor(app.app.formation())).isEmpty();

      String url = app.router.openFor(web);
      accepts(url);
      assertThat(app.router.url()).isEqualTo(url);
      assertThat(app.router.openFor(web)).as("known already").isEmpty();
    }
  }

  @Test
  void a_port_that_is_in_use_meanwhile_is_reported_and_the_app_continues() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var chosen = new Setting<>(port, (Origin) new Origin.CommandLine());
    try (var app = new AppFixture(root, WEB, chosen);
        var other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      app.router.open();

      assertThat(app.router.awaitOpen()).isInstanceOf(Reply.Failed.class);
      assertThat(((Reply.Failed) app.router.awaitOpen()).failed().getFirst())
          .startsWith("the router could not listen on port " + port);
    }
  }

  @Test
  void an_app_that_ends_opens_none() throws Exception {
    try (var app = app(WEB)) {
      app.router.close();
      app.router.open();

      assertThat(app.router.url()).isEmpty();
      assertThat(app.router.openFor(app.app.formation())).isEmpty();
    }
  }
}
