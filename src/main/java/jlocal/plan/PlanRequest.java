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
 * What is asked to run, by options, variables and the settings file.
 *
 * @param scale how many instances of which types
 * @param shell the shell that runs the commands; null for bash, else /bin/sh
 * @param addToolPath whether the app's own programs ({@code node_modules/.bin} …) go first in PATH
 * @param bootTimeout how long a process may take to be ready; zero for no limit
 * @param environment the caller's
 * @param directory where its processes run: the app's root, or a copy of it
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

  /** The same where processes run elsewhere. */
  public PlanRequest in(Path copy) {
    return new PlanRequest(
        app, scale, shell, addToolPath, ports, router, bootTimeout, environment, copy);
  }

  /**
   * The same as it is elsewhere: at another scale, and without the tools of this folder in PATH.
   */
  public PlanRequest exported(Scale other) {
    return new PlanRequest(
        app, other, shell, false, ports, router, bootTimeout, environment, directory);
  }

  /** The ports that options, env files and environment ask for, free or not. */
  public Reading<PortPlan> chosenPorts() {
    var base = PortChoice.base(ports.base, app.vars().value(), environment);
    return new Reading<>(new PortPlan(base.value().value(), ports.step), base.problems());
  }

  /** A value, and where it came from. */
  public record Setting<T>(T value, Origin origin) {
    /** Whether the person chose this value, so that it is never replaced by another. */
    public boolean isChosen() {
      return !origin.isDefault();
    }
  }

  /**
   * The files of an app.
   *
   * @param procfile as the user named it
   * @param envFiles those that were named, in order, so that they must exist; empty for {@code
   *     .env} of the root, if there is one
   */
  public record App(Path procfile, Path root, List<Path> envFiles) {
    public App {
      envFiles = List.copyOf(envFiles);
    }

    /** Names the app among those of this machine. */
    public AppKey key() {
      return AppKey.of(root, procfile);
    }

    /** The env files that are read, whether they were named or not. */
    public List<Path> allEnvFiles() {
      return envFiles.isEmpty() ? List.of(root.resolve(AppFiles.DEFAULT_ENV)) : envFiles;
    }

    /** What its env files say now. */
    public Reading<ConfigVars> vars() {
      return AppFiles.readVars(root, envFiles);
    }
  }

  /**
   * The PORTs of the instances.
   *
   * @param base the first one; by default PORT of the env files or the environment comes first
   * @param step the distance between types
   * @param strict whether a busy port is an error rather than a reason to use others
   */
  public record Ports(Setting<Integer> base, int step, boolean strict) {}

  /**
   * The router before web.
   *
   * @param port where it listens; 0 for any free port
   * @param httpsPort where it listens for HTTPS; 0 for any free port, {@link RouterPlan#NO_HTTPS}
   *     for no HTTPS
   * @param config everything else about it; its port is only the requested one
   */
  public record Router(
      boolean enabled, Setting<Integer> port, Setting<Integer> httpsPort, RouterConfig config) {
    boolean hasHttps() {
      return httpsPort.value() != RouterPlan.NO_HTTPS;
    }

    /** Whether it was asked for, so that there is one even without web. */
    boolean isAskedFor() {
      return port.isChosen() || hasHttps();
    }
  }
}
