package jlocal.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jlocal.config.ConfigVars;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.control.RequestHandler;
import jlocal.formation.AppDefinition;
import jlocal.formation.PortPlan;
import jlocal.logs.LogHistory;
import jlocal.process.InstanceSnapshots;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import jlocal.router.Traffic;

/** A running app with only a log. */
public final class LoggingApp {
  public final LogHistory log = new LogHistory(LogHistory.LINES);
  public final List<String> said = new CopyOnWriteArrayList<>();
  private final List<Runnable> atEnd = new ArrayList<>();
  private final AppDefinition definition;

  /** An app with these types. */
  public LoggingApp(ProcessType... types) {
    var commands = new LinkedHashMap<ProcessType, Command>();
    for (ProcessType type : types) commands.put(type, new Command("true"));
    definition =
        AppDefinition.of(Procfile.of(commands), new LinkedHashMap<>(), new PortPlan(5000, 100));
  }

  /** The view of features outside of the app. */
  public RunningApp running() {
    var handler =
        new RequestHandler() {
          @Override
          public Reply answer(Request request) {
            return ended();
          }

          @Override
          public Reply ended() {
            return new Reply.Done(List.of());
          }
        };
    var inside =
        new RunningApp.Inside(
            log,
            () -> definition,
            () -> ConfigVars.NONE,
            (_, _) -> {},
            _ -> {},
            atEnd::add,
            _ -> {});
    return new RunningApp(handler, said::add, new InstanceSnapshots(), () -> Traffic.NONE, inside);
  }

  /** Ends the log. */
  public void end() {
    atEnd.forEach(Runnable::run);
  }
}
