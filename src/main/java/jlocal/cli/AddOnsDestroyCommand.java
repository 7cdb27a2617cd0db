package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.addons.AddOn;
import jlocal.addons.AddOns;
import jlocal.control.Request;
import jlocal.os.Terminal;
import jlocal.problem.UserError;
import picocli.CommandLine.Model.OptionSpec;

/** Deletes an add-on with its data. */
final class AddOnsDestroyCommand extends SimpleCommand {
  private static final String CONFIRM = "--confirm";

  AddOnsDestroyCommand() {
    super("addons:destroy", "addons:remove");
    takes("ADDON", "1");
  }

  static OptionSpec confirm() {
    return OptionSpec.builder("-c", CONFIRM).type(String.class).paramLabel("APP").build();
  }

  @Override
  List<OptionGroup> options() {
    return List.of(
        new OptionGroup("The add-on", confirm()),
        new OptionGroup("The app", AppOptions.fileOptions()));
  }

  @Override
  int run(Values values, Context context) throws IOException, UserError {
    AppOptions app = AppOptions.from(values);
    var addOns = AddOns.own(app.files().root());
    AddOn addOn = addOns.named(values.arguments().getFirst());
    confirm("destroys " + addOn.name() + " and all of its data", app, values, context);
    var client = new AppClient(app, context);
    boolean isRunning = client.isRunning();
    if (!isRunning) addOns.lock().refuseIfTaken();
    addOns.remove(addOn);
    int code = isRunning ? client.order(Request.of("reload", "await", true)) : 0;
    addOns.deleteData(addOn);
    context.out().line("destroyed " + addOn.name());
    return code;
  }

  /** Requires the name of the app as confirmation, as on Heroku. */
  static void confirm(String what, AppOptions app, Values values, Context context)
      throws UserError {
    String name = "" + app.files().root().toAbsolutePath().normalize().getFileName();
    String typed = values.isGiven(CONFIRM) ? values.<String>get(CONFIRM) : null;
    if (typed == null && Terminal.is(Terminal.Stream.IN)) {
      typed = context.ask("this %s. To proceed, type %s: ".formatted(what, name));
    }
    if (name.equals(typed)) return;
    throw new UserError("this " + what + ", so it is to be confirmed", "--confirm '" + name + "'");
  }
}
