package jlocal.app;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import jlocal.control.ControlServer;
import jlocal.control.Request;
import jlocal.os.SpawnFailure;
import jlocal.os.WindowSize;
import jlocal.process.Order;
import jlocal.process.ProcessManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets the app be steered from other terminals. The socket is opened beside the app's own start,
 * not before it.
 */
final class ControlRoom implements AutoCloseable {
  private final @Nullable ControlPlan plan;
  private final @Nullable Supplier<WindowSize> terminals;
  private final AppLog log;
  private final Roster roster = new Roster();
  private final WritableByteChannel out;
  private volatile @Nullable ControlDesk desk;
  private volatile @Nullable LogKeys keys;
  private @Nullable CompletableFuture<@Nullable ControlServer> server;

  /**
   * A room that is not open yet.
   *
   * @param plan null for none at all
   * @param terminals the size of the processes' terminals while nobody sits before them; null when
   *     they have none
   * @param out where the log is shown
   */
  ControlRoom(
      @Nullable ControlPlan plan,
      @Nullable Supplier<WindowSize> terminals,
      AppLog log,
      WritableByteChannel out) {
    this.out = out;
    this.plan = plan;
    this.terminals = terminals;
    this.log = log;
  }

  /** Opens it, once the first processes are on their way. */
  void open(ProcessManager manager, Ending ending, Doorkeeper door, Executor background) {
    if (plan == null) return;
    var steering = new Steering(manager, roster, plan);
    var app =
        new ControlDesk.Surroundings(
            plan.app(), System.currentTimeMillis(), door, ending, plan.boot());
    var terminal = new TerminalDesk(steering, roster, manager, terminals);
    var opened = new ControlDesk(steering, roster, log, terminal, app);
    desk = opened;
    if (plan.keys())
      listen(
          new LogKeys(opened, steering, log, out, () -> ending.ask(new StopRequest.QuitKey())),
          background);
    server = CompletableFuture.supplyAsync(() -> serve(plan, opened), background);
  }

  private void listen(LogKeys wanted, Executor background) {
    keys = wanted;
    background.execute(wanted::open);
  }

  private @Nullable ControlServer serve(ControlPlan wanted, ControlDesk desk) {
    try {
      return ControlServer.open(wanted.claim(), desk);
    } catch (IOException e) {
      log.say("jlocal ps and its like do not work for this run: " + e.getMessage());
      return null;
    } catch (OutOfMemoryError e) {
      log.say("jlocal ps and its like do not work for this run: " + SpawnFailure.reason(e));
      return null;
    }
  }

  /** As 'jlocal restart' does; all at the same time if there is nobody to carry that out. */
  void restartAll(ProcessManager manager) {
    ControlDesk opened = desk;
    if (opened == null) {
      manager.orderAll(Order.RESTART);
    } else {
      var _ = opened.answer(new Request.Restart(List.of(), false));
    }
  }

  /** The terminal we run on has another size. */
  void resized() {
    LogKeys open = keys;
    if (open != null) open.resized();
  }

  Roster roster() {
    return roster;
  }

  /** Nothing will change any more: who waits for something gets an answer. */
  void lastCall() {
    roster.close();
  }

  @Override
  public void close() {
    LogKeys open = keys;
    if (open != null) open.close();
    ControlDesk opened = desk;
    if (opened != null) opened.close();
    if (server == null) return;
    try {
      ControlServer door = server.join();
      if (door != null) door.close();
    } catch (CompletionException _) {
      // It was never opened.
    }
  }
}
