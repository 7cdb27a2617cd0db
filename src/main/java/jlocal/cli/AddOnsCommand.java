package jlocal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jlocal.addons.AddOn;
import jlocal.addons.AddOnPlan;
import jlocal.addons.AddOns;
import jlocal.config.ConfigVars;
import jlocal.plan.AppFiles;
import jlocal.problem.UserError;

/** Lists the add-ons of the app, or shows details of some. */
final class AddOnsCommand extends SimpleCommand {
  private final boolean isOfSome;

  /**
   * Creates one of the two commands.
   *
   * @param isOfSome whether it shows the details of the named add-ons, or of all
   */
  AddOnsCommand(String name, boolean isOfSome) {
    super(name);
    if (isOfSome) takes("[ADDON]...");
    this.isOfSome = isOfSome;
  }

  @Override
  List<OptionGroup> options() {
    return List.of(new OptionGroup("The app", AppOptions.fileOptions()));
  }

  @Override
  int run(Values values, Context context) throws IOException, UserError {
    var app = AppOptions.from(values).files();
    var addOns = AddOns.of(app.root());
    ConfigVars vars = AppFiles.readVars(app.root(), app.envFiles()).value();
    var plan = new AddOnPlan(addOns, context.environment());
    if (addOns.all().isEmpty()) {
      context.err().line("no add-ons here; 'jlocal addons:services' lists the services");
    } else if (isOfSome) {
      var wanted = new ArrayList<AddOn>();
      for (String typed : values.arguments()) wanted.add(addOns.named(typed));
      for (AddOn each : wanted.isEmpty() ? addOns.all() : wanted) {
        context.out().line("=== " + each.name());
        context.out().table(rows(each, plan, vars));
      }
    } else {
      var table = new ArrayList<List<String>>();
      table.add(List.of("NAME", "SERVICE", "PLAN", "VERSION", "STATE", "URL", "DATA"));
      addOns.all().forEach(each -> table.add(row(each, plan, vars)));
      context.out().table(table, 6);
    }
    return ExitCode.DONE.status();
  }

  private static List<String> row(AddOn addOn, AddOnPlan plan, ConfigVars vars) {
    return List.of(
        addOn.name(),
        addOn.service().names().getFirst(),
        addOn.plan(),
        addOn.engine().version(),
        plan.state(addOn, vars),
        addOn.variable() + "=" + addOn.maskedUrl(),
        size(plan.addOns().size(addOn)));
  }

  private static List<List<String>> rows(AddOn addOn, AddOnPlan plan, ConfigVars vars)
      throws IOException {
    Path data = plan.addOns().data(addOn);
    String content = addOn.content(data);
    String comma = content.isEmpty() ? "" : ", ";
    return List.of(
        List.of("Service:", addOn.service().names().getFirst()),
        List.of("Plan:", addOn.plan()),
        List.of("State:", plan.state(addOn, vars)),
        List.of("Engine:", AppAddOns.from(addOn.service(), addOn.engine())),
        List.of("URL:", addOn.maskedUrl()),
        List.of("Variables:", String.join(", ", addOn.variables().keySet())),
        List.of("Data:", content + comma + size(plan.addOns().size(addOn)) + " in " + data));
  }

  private static String size(long bytes) {
    return bytes < 1_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
  }
}
