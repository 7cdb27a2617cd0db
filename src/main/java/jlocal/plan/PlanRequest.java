package jlocal.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jlocal.config.ConfigVars;
import jlocal.control.AppKey;
import jlocal.formation.PortPlan;
import jlocal.formation.Scale;
import jlocal.problem.Origin;
import jlocal.problem.Reading;
import jlocal.router.RouterConfig;
import org.jspecify.annotations.Nullable;

/**
 * The requested run: from options, variables and the settings file.
 *
 * @param scale the number of instances of each type
 * @param shell the shell that runs the commands; null for bash, else /bin/sh
 * @param addToolPath whether the app's own programs ({@code node_modules/.bin} …) go first in PATH
 * @param bootTimeout how long a process may take to be ready; zero for no limit
 * @param environment the caller's
 * @param directory of its processes: the app's root, or a copy of it
 */
public record PlanRequest(
    App app,
    Scale scale,
    @Nullable Path shell,
    boolean addToolPath,
    Ports ports,
    Router router,
    Duration bootTimeout,
    Map<String, String> environment,
    Path directory) {

  /** Returns a copy whose processes run in another folder. */
  public PlanRequest in(Path copy) {
    return new PlanRequest(
        app, scale, shell, addToolPath, ports, router, bootTimeout, environment, copy);
  }

  /** Returns a copy for an export: with this scale, and without this folder's tools in PATH. */
  public PlanRequest exported(Scale other) {
    return new PlanRequest(
        app, other, shell, false, ports, router, bootTimeout, environment, directory);
  }

  /** Returns the ports requested by options, env files and environment, free or not. */
  public Reading<PortPlan> chosenPorts() {
    var base = PortChoice.base(ports.base, app.vars().value(), environment);
    return new Reading<>(new PortPlan(base.value().value(), ports.step), base.problems());
  }

  /** A value and its origin. */
  public record Setting<T>(T value, Origin origin) {
    /** Whether the user chose this value, so that it is never replaced. */
    public boolean isChosen() {
      return !origin.isDefault();
    }
  }

  /**
   * The files of an app.
   *
   * @param procfile as the user named it
   * @param envFiles those named, in order, which must exist; empty for {@code .env} of the root, if
   *     it exists
   */
  public record App(Path procfile, Path root, List<Path> envFiles) {
    public App {
      envFiles = List.copyOf(envFiles);
    }

    /** Returns the key of the app on this machine. */
    public AppKey key() {
      return AppKey.of(root, procfile);
    }

    /** Returns the env files to read, named or default. */
    public List<Path> allEnvFiles() {
      return envFiles.isEmpty() ? List.of(root.resolve(AppFiles.DEFAULT_ENV)) : envFiles;
    }

    /** Reads the config vars from its env files. */
    public Reading<ConfigVars> vars() {
      return AppFiles.readVars(root, envFiles);
    }
  }

  /**
   * The requested PORTs of the instances.
   *
   * @param base the first one; by default PORT of the env files or the environment
   * @param step the distance between types
   * @param strict whether a busy port is an error, rather than replaced
   */
  public record Ports(Setting<Integer> base, int step, boolean strict) {}

  /**
   * The requested router for web.
   *
   * @param port for HTTP; 0 for any free port
   * @param httpsPort for HTTPS; 0 for any free port, {@link RouterPlan#NO_HTTPS} for no HTTPS
   * @param config all other settings; its port is only the requested one
   */
  public record Router(
      boolean enabled, Setting<Integer> port, Setting<Integer> httpsPort, RouterConfig config) {
    boolean hasHttps() {
      return httpsPort.value() != RouterPlan.NO_HTTPS;
    }

    /** Whether it was requested explicitly, so that there is one even without web. */
    boolean isAskedFor() {
      return port.isChosen() || hasHttps();
    }
  }
}
