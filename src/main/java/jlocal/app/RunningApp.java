package jlocal.app;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import jlocal.config.ConfigVars;
import jlocal.control.Reply;
import jlocal.control.RequestHandler;
import jlocal.formation.AppDefinition;
import jlocal.json.JsonFields;
import jlocal.logs.LogHistory;
import jlocal.process.InstanceSnapshots;
import jlocal.router.Router;
import jlocal.router.Traffic;

/**
 * A running app, as seen by features beside it. Any thread.
 *
 * @param orders handles commands like those of another terminal
 * @param say logs a message of jlocal
 * @param instances the states of its instances
 * @param traffic of its router
 * @param inside for features that need more
 */
public record RunningApp(
    RequestHandler orders,
    Consumer<String> say,
    InstanceSnapshots instances,
    Supplier<Traffic> traffic,
    Inside inside) {

  /**
   * The parts of the app that features can extend.
   *
   * @param definition the app's definition
   * @param configVars the current content of its env files, which may not be applied yet
   * @param router runs an action on its router: now, or when it is opened
   * @param atEnd adds an action for the end of the app, after its log is complete; it has a few
   *     seconds
   * @param alsoAt adds another address of the app
   */
  public record Inside(
      LogHistory log,
      Supplier<AppDefinition> definition,
      Supplier<ConfigVars> configVars,
      Commands commands,
      Consumer<Consumer<Router>> router,
      Consumer<Runnable> atEnd,
      Consumer<String> alsoAt) {}

  /** Adds commands to the control socket. */
  @FunctionalInterface
  public interface Commands {
    /**
     * Adds a command.
     *
     * @param command receives the arguments of each request, on the client's thread
     */
    void add(String name, Function<JsonFields, Reply> command);
  }
}
