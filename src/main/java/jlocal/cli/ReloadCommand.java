package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.control.Request;

/** Applies changed files to the running app. */
final class ReloadCommand extends RunningAppCommand {
  ReloadCommand() {
    super("reload");
  }

  @Override
  List<OptionGroup> ownOptions() {
    return List.of(new OptionGroup("Order", Options.flag("--no-wait")));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    int status = app.order(Request.of("reload", "await", !values.is("--no-wait")));
    var files = AppOptions.from(values).files();
    if (status == ExitCode.DONE.status()) {
      new AppReleases(files, context.environment()).recordQuietly("");
    }
    return status;
  }
}
