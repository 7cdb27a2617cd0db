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
   * The parts of the app to which something can be added.
   *
   * @param definition what it runs by
   * @param configVars what its env files say now, which may not be applied yet
   * @param router does something to its router: now, or when it is opened
   * @param atEnd takes what is to be done when the app has ended and its log is complete, within a
   *     few seconds
   * @param alsoAt tells one more address of the app
   */
  public record Inside(
      LogHistory log,
      Supplier<AppDefinition> definition,
      Supplier<ConfigVars> configVars,
      Commands commands,
      Consumer<Consumer<Router>> router,
      Consumer<Runnable> atEnd,
      Consumer<String> alsoAt) {}

  /** Takes further commands of the control socket. */
  @FunctionalInterface
  public interface Commands {
    /**
     * Adds a command.
     *
     * @param command is given the arguments of each request, on the thread of its client
     */
    void add(String name, Function<JsonFields, Reply> command);
  }
}
