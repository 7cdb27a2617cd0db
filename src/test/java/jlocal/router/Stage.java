package jlocal.router;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import jlocal.Await;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import jlocal.router.RouterConfig.Timeouts;

/** A router with apps behind it and a client before it. */
final class Stage implements AutoCloseable {
  static final Timeouts SHORT =
      new Timeouts(
          Duration.ofSeconds(30),
          Duration.ofMillis(300),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  private final Router router;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<App> apps = new ArrayList<>();

  private Stage(RouterConfig options) throws IOException {
    router =
        Router.open(
            options, log::add, (name, lines) -> List.of("\033[31mboom\033[0m <" + name + ">"));
  }

  static Stage empty() throws IOException {
    return with(SHORT);
  }

  static Stage with(Timeouts timeouts) throws IOException {
    return with(RouterConfig.on(List.of("127.0.0.1", "::1"), 0).with(timeouts));
  }

  static Stage with(RouterConfig options) throws IOException {
    return new Stage(options);
  }

  /** Each app is an instance of web that is up, from web.1. */
  static Stage with(App... apps) throws IOException {
    Stage stage = empty();
    for (App app : apps) stage.add(app);
    return stage;
  }

  Stage add(App app) {
    apps.add(app);
    return set(apps.size(), app.port(), BackendState.UP);
  }

  Stage set(int index, int port, BackendState state) {
    router.setBackend(web(index), port, state);
    return this;
  }

  static InstanceName web(int index) {
    return new InstanceName(ProcessType.WEB, index);
  }

  Router router() {
    return router;
  }

  int port() {
    return router.port();
  }

  /** The router's lines so far. */
  List<String> log() {
    return log;
  }

  /** The first of the router's lines, once it is there. */
  String firstLine() {
    until("a line", () -> !log.isEmpty());
    return log.getFirst();
  }

  String get(String path, String... fields) throws IOException {
    try (var wire = new Wire(port())) {
      return wire.send(Wire.get(path, fields)).response();
    }
  }

  /** Waits until a condition holds; fails the test at the limit. */
  static void until(String what, BooleanSupplier so) {
    Await.until(what, so, () -> "");
  }

  @Override
  public void close() throws IOException {
    router.close();
    for (App app : apps) app.close();
  }
}
