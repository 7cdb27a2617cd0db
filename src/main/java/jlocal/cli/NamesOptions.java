package jlocal.cli;

import java.io.IOException;
import java.nio.file.Path;
import jlocal.app.AppPlan.Feature;
import jlocal.control.ControlFolder;
import jlocal.names.SharedPort;
import jlocal.plan.Planner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The meaning of {@code start --names-port}. */
record NamesOptions(Values values) {
  private static final String PORT = "--names-port";

  static OptionSpec option() {
    return Options.setting(Options.number(0, 65_535, PORT).defaultValue("8080"));
  }

  /** Gives the app a name; null if not wanted, or without a router. */
  @Nullable Feature feature(Planner planner, boolean hasRouter) {
    int port = values.get(PORT);
    if (port == 0 || !hasRouter) return null;
    boolean mayListen = values.isGiven(PORT) || !planner.request().router().port().isChosen();
    boolean mayListenHttps = !planner.request().router().httpsPort().isChosen();
    return running -> {
      try {
        Path folder = ControlFolder.open(planner.request().environment());
        SharedPort.start(
            running,
            planner,
            new SharedPort.Address(port, mayListen, folder),
            new SharedPort.Address(RouterOptions.HTTPS_PORT, mayListenHttps, folder));
      } catch (IOException _) {
        // The missing control was already reported.
      }
    };
  }
}
