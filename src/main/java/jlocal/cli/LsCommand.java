package jlocal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jlocal.control.AppInfo;
import jlocal.control.ControlClient;
import jlocal.control.ControlFolder;
import jlocal.logs.EventMessages;
import jlocal.problem.Problem;

/** Lists the running apps of this user. */
final class LsCommand extends SimpleCommand {
  private static final List<String> TITLES = List.of("APP", "PID", "UP", "UPTIME", "ADDRESS");

  LsCommand() {
    super("ls", "apps");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(new OptionGroup("Output", Options.flag(Options.JSON)));
  }

  @Override
  int run(Values values, Context context) throws IOException {
    try {
      print(
          ControlClient.runningApps(context.environment()), values.is(Options.JSON), context.out());
      return ExitCode.DONE.status();
    } catch (ControlFolder.Unsafe e) {
      return context.refuse(Problem.error(String.valueOf(e.getMessage())), ExitCode.NOT_RUNNING);
    }
  }

  private static void print(List<AppInfo> apps, boolean json, Out out) {
    if (json) {
      out.json(apps.stream().map(AppInfo::fields).toList());
      return;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(TITLES);
    apps.forEach(app -> rows.add(row(app)));
    if (apps.isEmpty()) out.line("no app is running");
    else out.table(rows, 1, 3);
  }

  private static List<String> row(AppInfo app) {
    var standard = Path.of(app.root()).resolve("Procfile").toString();
    var age = Duration.ofMillis(Math.max(0, System.currentTimeMillis() - app.startedAt()));
    return List.of(
        app.procfile().equals(standard) ? app.root() : app.procfile(),
        Long.toString(app.pid()),
        app.up() + " of " + app.instances(),
        EventMessages.span(age),
        app.address().isEmpty() ? "-" : app.address());
  }
}
