package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.addons.AddOn;
import jlocal.addons.AddOns;
import jlocal.control.Request;
import jlocal.problem.UserError;

/** Empties a database: stops its server, and recreates its data. */
final class PgResetCommand extends SimpleCommand {
  PgResetCommand() {
    super("pg:reset");
    takes("[DATABASE]", "0..1");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(
        new OptionGroup("The database", AddOnsDestroyCommand.confirm()),
        new OptionGroup("The app", AppOptions.fileOptions()));
  }

  @Override
  int run(Values values, Context context) throws IOException, UserError {
    AppOptions app = AppOptions.from(values);
    var addOns = AddOns.own(app.files().root());
    List<String> typed = values.arguments();
    AddOn addOn = addOns.named(typed.isEmpty() ? "postgres" : typed.getFirst());
    AddOnsDestroyCommand.confirm("deletes all data of " + addOn.name(), app, values, context);
    var client = new AppClient(app, context);
    boolean isRunning = client.isRunning();
    if (!isRunning) addOns.lock().refuseIfTaken();
    List<String> name = List.of(addOn.name());
    int code = isRunning ? client.order(Request.of("stop", "names", name)) : 0;
    if (code == 0) addOns.reset(addOn);
    if (isRunning) code = client.order(Request.of("start", "names", name, "await", true));
    if (code == 0) context.out().line(addOn.name() + " is empty");
    return code;
  }
}
