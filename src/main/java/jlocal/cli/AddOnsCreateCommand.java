package jlocal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jlocal.addons.AddOn;
import jlocal.addons.AddOnService;
import jlocal.addons.AddOns;
import jlocal.addons.AppJson;
import jlocal.addons.EmbeddedServer;
import jlocal.addons.InstalledServer;
import jlocal.control.Request;
import jlocal.os.Terminal;
import jlocal.plan.PlanRequest;
import jlocal.problem.UserError;
import jlocal.procfile.Procfile;

/** Creates an add-on; the running app gets it at once. */
final class AddOnsCreateCommand extends SimpleCommand {
  private static final String AS = "--as";
  static final String YES = "--yes";

  AddOnsCreateCommand() {
    super("addons:create", "addons:add");
    takes("SERVICE[:PLAN]", "1");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(
        new OptionGroup(
            "The add-on",
            Options.option(String.class, text -> attachment(text), "NAME", AS).build(),
            Options.flag("-y", YES)),
        new OptionGroup("The app", AppOptions.fileOptions()));
  }

  /** Returns {@code ANALYTICS} for that, {@code analytics} or {@code ANALYTICS_URL}. */
  private static String attachment(String text) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_').replaceFirst("_URL$", "");
    if (name.matches("[A-Z][A-Z0-9_]*")) return name;
    throw Converters.invalid(text, "is not the prefix of a variable's name, such as ANALYTICS");
  }

  @Override
  int run(Values values, Context context) throws IOException, UserError {
    AppOptions app = AppOptions.from(values);
    String[] typed = values.arguments().getFirst().split(":", 2);
    String as = values.isGiven(AS) ? values.get(AS) : "";
    var wanted = new AppJson.Wanted(typed[0], typed.length > 1 ? typed[1] : "local", as);
    make(wanted, app.files(), values, context);
    var client = new AppClient(app, context);
    if (client.isRunning()) return client.order(Request.of("reload", "await", true));
    context.out().line("  'jlocal start' and 'jlocal run' start it");
    return ExitCode.DONE.status();
  }

  /** Creates an add-on and prints the result. */
  static void make(AppJson.Wanted wanted, PlanRequest.App app, Values values, Context context)
      throws IOException, UserError {
    var addOns = AddOns.own(app.root());
    AddOnService service = AddOnService.named(wanted.service());
    InstalledServer engine = engine(service, values, context);
    context.err().line(AppAddOns.from(service, engine));
    context.err().writer().flush();
    Procfile procfile = AppProcfile.of(values, app).read(_ -> {}).value();
    AddOn made = addOns.create(wanted, engine, name -> procfile.commands().containsKey(name));
    context.out().line("created " + made.name());
    context.out().line("  its variables: " + String.join(", ", made.variables().keySet()));
    context.out().writer().flush();
  }

  /** Returns an installed engine, or one fetched earlier; else fetches one. */
  private static InstalledServer engine(AddOnService service, Values values, Context context)
      throws IOException, UserError {
    List<InstalledServer> available = InstalledServer.available(service, context.environment());
    if (!available.isEmpty()) return available.getFirst();
    var embedded = EmbeddedServer.of(service, context.environment());
    String what = service.product() + " is not installed";
    String install = "install " + service.packages();
    if (!embedded.exists()) throw new UserError(what, install);
    agree(what, service.product(), embedded.folder(), values);
    try {
      return embedded.fetch(null, new FetchProgress(service.product(), context.err())::at);
    } catch (IOException e) {
      throw new UserError(
          what + " and cannot be downloaded: " + e.getMessage(),
          install
              + ", or see to the network; mirrors and proxies are read from"
              + " ~/.m2/settings.xml");
    }
  }

  /** Asks before something is fetched; throws if the answer is no. */
  static void agree(String why, String what, Path folder, Values values) throws UserError {
    if (values.is(YES)) return;
    String question = "%s. Fetch %s from Maven Central into %s?".formatted(why, what, folder);
    if (Terminal.is(Terminal.Stream.IN) && values.context().agrees(question)) return;
    throw new UserError(
        why, "--yes fetches " + what + " from Maven Central, for all apps of yours");
  }
}
