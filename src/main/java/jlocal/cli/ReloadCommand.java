package jlocal.cli;

import java.io.IOException;
import jlocal.control.Request;

/** Applies changed files to the running app. */
final class ReloadCommand extends RunningAppCommand {
  ReloadCommand() {
    super("read Procfile and .env again, and apply what changed to the running app", "reload");
  }

  @Override
  OptionGroup ownOptions() {
    return order(Options.noWait());
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    return app.order(Request.of("reload", "await", !values.is("--no-wait")));
  }
}
