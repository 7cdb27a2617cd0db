package jlocal.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jlocal.addons.AddOnService;
import jlocal.addons.InstalledServer;

/** Lists the services available as add-ons. */
final class AddOnsServicesCommand extends SimpleCommand {
  AddOnsServicesCommand() {
    super("addons:services");
  }

  @Override
  int run(Values values, Context context) throws IOException {
    var table = new ArrayList<List<String>>();
    table.add(List.of("SERVICE", "OTHER NAMES", "WHAT", "INSTALLED"));
    for (AddOnService service : AddOnService.ALL) {
      List<String> names = service.names();
      var installed = new ArrayList<String>();
      for (InstalledServer each : InstalledServer.installed(service, context.environment())) {
        if (!installed.contains(each.version())) installed.add(each.version());
      }
      table.add(
          List.of(
              names.getFirst(),
              String.join(", ", names.subList(1, names.size())),
              service.product(),
              service.isOwn()
                  ? "a part of jlocal"
                  : installed.isEmpty() ? "-" : String.join(", ", installed)));
    }
    context.out().table(table);
    return ExitCode.DONE.status();
  }
}
