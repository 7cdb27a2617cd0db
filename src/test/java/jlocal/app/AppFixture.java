package jlocal.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.formation.Scale;
import jlocal.os.Cgroup;
import jlocal.os.RunId;
import jlocal.os.Spawner;
import jlocal.plan.PlanRequest;
import jlocal.plan.PlanRequest.Setting;
import jlocal.plan.Planner;
import jlocal.plan.RouterPlan;
import jlocal.problem.Origin;
import jlocal.process.ExitPolicy;
import jlocal.process.LaunchContext;
import jlocal.process.ProcessManager;
import jlocal.process.RestartPolicy;
import jlocal.procfile.ProcfileReader;
import jlocal.router.RouterConfig;
import jlocal.terminal.LogFormat;

/** An app in this process, wired as {@link App} does it, without signals and control socket. */
final class AppFixture implements AutoCloseable {
  private static final Origin DEFAULT = new Origin.Default();

  final AppPlan app;
  final ProcessManager manager;
  final RouterLifecycle router;
  final Shutdown shutdown;
  final CommandHandler handler;
  private final Path procfile;
  private final AppLog log;

  AppFixture(Path root, String types, Setting<Integer> routerPort) throws IOException {
    procfile = Files.writeString(root.resolve("Procfile"), types);
    var planner =
        new Planner(
            request(root, routerPort),
            _ -> ProcfileReader.read(root.resolve("Procfile"), "Procfile"),
            null);
    var plan = planner.plan().value();
    var run = new RunId("e57", System.nanoTime(), 0);
    LaunchContext planned = plan.launchContext();
    var launch = new LaunchContext(planned.shell(), root, run, Map.of(), null);
    app =
        new AppPlan(
            plan,
            planner,
            null,
            new ProcessManager.Options(RestartPolicy.NEVER, Duration.ofSeconds(5), launch),
            new ExitPolicy.Rules(ExitPolicy.OnExit.KEEP, Set.of(), false),
            new AppPlan.LogPlan(new LogFormat.Json(), Set.of(), 1000, false, null),
            false,
            List.of(),
            List.of());
    var out = Channels.newChannel(new ByteArrayOutputStream());
    log = new AppLog(app, new App.StandardStreams(out, _ -> {}), () -> {});
    var spawner = new Spawner(Cgroup.none());
    manager = new ProcessManager(app.processes(), spawner, log, spawner.processes(run));
    shutdown = new Shutdown(manager, log::say);
    router = new RouterLifecycle(app, log, manager);
    manager.listen(router);
    manager.listen(log);
    handler = new CommandHandler(app, manager, router, shutdown, log);
  }

  /** On a free block of ports and, unless it is chosen, with any free port for the router. */
  private PlanRequest request(Path root, Setting<Integer> routerPort) {
    var config =
        RouterConfig.on(List.of("127.0.0.1"), routerPort.value())
            .with(RouterConfig.Timeouts.of(Duration.ofSeconds(20), Duration.ofSeconds(20)));
    return new PlanRequest(
        new PlanRequest.App(procfile, root, List.of()),
        Scale.ONE_OF_EACH,
        null,
        false,
        new PlanRequest.Ports(new Setting<>(23_000, DEFAULT), 100, false),
        new PlanRequest.Router(
            true, routerPort, new Setting<>(RouterPlan.NO_HTTPS, DEFAULT), config),
        Duration.ofSeconds(20),
        Map.of("XDG_RUNTIME_DIR", root.toString()),
        root.toAbsolutePath().normalize());
  }

  static Setting<Integer> anyPort() {
    return new Setting<>(0, DEFAULT);
  }

  void start() {
    manager.apply(app.formation());
    router.open();
  }

  void procfile(String types) throws IOException {
    Files.writeString(procfile, types);
  }

  Reply ask(String command, Object... arguments) {
    return handler.answer(Request.of(command, arguments));
  }

  @Override
  public void close() {
    handler.close();
    router.close();
    shutdown.ask(new ShutdownState.Request.AppEnded(0));
    int _ = shutdown.await();
    manager.snapshots().close();
    manager.close();
    log.close();
  }
}
