package jlocal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jlocal.doctor.Doctor;
import jlocal.doctor.Finding;
import jlocal.json.JsonFields;
import jlocal.os.Terminal;

/** Reports problems of the machine, the shell and the app's files. */
final class DoctorCommand extends SimpleCommand {
  private static final int ROUTER_PORT = 8080;

  DoctorCommand() {
    super("doctor");
  }

  @Override
  List<OptionGroup> options() {
    var app = List.of(AppOptions.procfile(), AppOptions.root(), AppOptions.portOption());
    return List.of(
        new OptionGroup("Output", Options.flag(Options.JSON)), new OptionGroup("The app", app));
  }

  @Override
  int run(Values values, Context context) {
    AppOptions app = AppOptions.from(values);
    Path root = app.files().root().toAbsolutePath().normalize();
    List<Finding> all =
        new Doctor(Path.of("/"), root, context.environment())
            .examine(Terminal.is(Terminal.Stream.OUT), List.of(app.port().value(), ROUTER_PORT));
    if (values.is(Options.JSON)) context.out().json(json(all));
    else all.forEach(finding -> print(finding, context.out()));
    return all.stream().allMatch(Finding::isFine)
        ? ExitCode.DONE.status()
        : ExitCode.CRASHED.status();
  }

  private static List<Object> json(List<Finding> all) {
    var list = new ArrayList<>();
    for (Finding it : all) {
      list.add(
          JsonFields.of(
              "check", it.check(), "ok", it.isFine(), "found", it.found(), "todo", it.todo()));
    }
    return list;
  }

  private static void print(Finding finding, Out out) {
    String mark = finding.isFine() ? "ok" : "!!";
    out.line("%s  %-12s  %s".formatted(mark, finding.check(), finding.found()));
    if (!finding.todo().isEmpty()) out.line("                  " + finding.todo());
  }
}
