package jlocal.app;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import jlocal.control.AppLock;
import jlocal.control.ControlServer;
import jlocal.control.Request;
import jlocal.os.Daemon;
import jlocal.os.SpawnFailure;
import jlocal.os.Threads;
import jlocal.plan.PlanRequest;
import jlocal.process.Order;
import jlocal.process.ProcessManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets the app be controlled from other terminals and by keys in its log. The socket is opened
 * after the first process has been started, on another thread.
 */
final class ControlService implements AutoCloseable {
  private final AppPlan app;
  private final ProcessManager manager;
  private final AppLog log;
  private volatile @Nullable CommandHandler handler;
  private volatile @Nullable KeyboardShortcuts keys;
  private final List<CompletableFuture<Void>> features = new ArrayList<>();
  private final Queue<Runnable> atEnd = new ConcurrentLinkedQueue<>();
  private @Nullable CompletableFuture<@Nullable ControlServer> server;

  /** Creates a service that is not open. */
  ControlService(AppPlan app, ProcessManager manager, AppLog log) {
    this.app = app;
    this.manager = manager;
    this.log = log;
  }

  /** Opens it, if enabled. */
  void open(
      RouterLifecycle router, Shutdown shutdown, WritableByteChannel out, Executor background) {
    AppLock appLock = app.appLock();
    if (appLock == null) return;
    var opened = new CommandHandler(app, manager, router, shutdown, log);
    handler = opened;
    if (app.keys()) {
      Runnable quit = () -> shutdown.ask(new ShutdownState.Request.QuitKey());
      var wanted = new KeyboardShortcuts(opened, opened.orders(), log, out, quit);
      keys = wanted;
      background.execute(wanted::open);
    }
    server = CompletableFuture.supplyAsync(() -> serve(appLock, opened, shutdown), background);
    PlanRequest.App files = app.planner().request().app();
    var inside =
        new RunningApp.Inside(
            log.history(),
            () -> opened.orders().desired().app(),
            () -> files.vars().value(),
            (name, command) -> opened.add(name, command::apply),
            setting -> {
              var _ = router.whenOpen().thenAccept(setting);
            },
            atEnd::add,
            address -> {
              opened.alsoAt(address);
              log.say("also on " + address);
            });
    var running = new RunningApp(opened, log::say, manager.snapshots(), router::traffic, inside);
    for (AppPlan.Feature feature : app.features()) {
      Runnable start = () -> Threads.guarded(() -> feature.start(running));
      features.add(CompletableFuture.runAsync(start, background)); // The app runs without it.
    }
  }

  private @Nullable ControlServer serve(AppLock appLock, CommandHandler opened, Shutdown shutdown) {
    String why = "control commands (ps, scale, …) are unavailable for this run: ";
    try {
      ControlServer open = ControlServer.open(appLock, opened);
      Daemon.ready();
      return open;
    } catch (IOException e) {
      why += e.getMessage();
    } catch (OutOfMemoryError e) {
      why += SpawnFailure.reason(e);
    }
    log.say(why);
    Daemon.failed(why);
    // In the background, nothing else could end the app.
    if (Daemon.isThis()) shutdown.ask(new ShutdownState.Request.AppEnded(1));
    return null;
  }

  /** Restarts all instances like {@code jlocal restart}; all at once if the service is not open. */
  void restartAll() {
    CommandHandler opened = handler;
    if (opened == null) {
      manager.orderAll(Order.RESTART);
    } else {
      var _ = opened.answer(Request.of("restart", "names", List.of(), "await", false));
    }
  }

  /** Handles a new size of jlocal's terminal. */
  void resized() {
    KeyboardShortcuts open = keys;
    if (open != null) open.resized();
  }

  @Override
  public void close() {
    KeyboardShortcuts open = keys;
    if (open != null) open.close();
    CommandHandler opened = handler;
    if (opened != null) opened.close();
    features.forEach(CompletableFuture::join);
    atEnd.forEach(Runnable::run);
    if (server == null) return;
    try {
      ControlServer socket = server.join();
      if (socket != null) socket.close();
    } catch (CompletionException _) {
      // It was never opened.
    }
  }
}
