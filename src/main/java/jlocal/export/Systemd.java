package jlocal.export;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jlocal.config.ShellFormat;
import jlocal.formation.Readiness;
import jlocal.os.Shell;
import jlocal.problem.UserError;
import jlocal.process.RestartPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Writes units for systemd: a target, a template unit for each type, with numbered instances, and
 * the config vars in an EnvironmentFile. systemd.service(5), systemd.exec(5).
 */
final class Systemd extends Exporter {
  /** The first version with RestartSteps=. */
  private static final int BACKOFF = 254;

  /** Exits that systemd would count as clean. */
  private static final String CRASHES = "143 SIGHUP SIGINT SIGTERM SIGPIPE";

  private final boolean isUser;
  private final Path folder;

  /**
   * Creates units for a machine or a user.
   *
   * @param isUser whether the units are for a user's manager
   */
  Systemd(ExportedApp app, ExportRequest request, boolean isUser) throws UserError {
    super(app, request);
    this.isUser = isUser;
    folder = folder("/etc/systemd/system");
  }

  @Override
  ExportResult export() throws UserError {
    var units = new ArrayList<String>();
    Path jlocal = request.machine().jlocal();
    for (ExportedType type : app.types()) {
      units.addAll(instances(type));
      open(file(type), service(type));
      if (jlocal == null) notePorts(type);
      if (jlocal == null || !type.isWeb() || type.count() == 1) continue;
      units.add(unit + "-router.service");
      open(unit + "-router.service", router(type, jlocal));
    }
    var target = template("systemd-target").put("unit", units);
    target.put("wanted-by", isUser ? "default.target" : "multi-user.target");
    open(unit + ".target", target.fill());
    environmentFile(unit + ".env", app.varsHere(request));
    if (isUser && request.user() != null) notes.add("-u has no effect: the units are your own");
    app.common().services().forEach(this::noteMissing);
    return new ExportResult(files, notes, next());
  }

  private String file(ExportedType type) {
    return unit + "-" + type.name() + "@.service";
  }

  private List<String> instances(ExportedType type) {
    return IntStream.rangeClosed(1, type.count())
        .mapToObj(n -> file(type).replace("@", "@" + n))
        .toList();
  }

  private String service(ExportedType type) throws UserError {
    Path log = log(type, "%i");
    var template =
        template("systemd-service", type)
            .put("user", user())
            .put("folder", SystemdText.path(type.folder()))
            .put("environment", environment(type))
            .put("environment-file", environmentFiles(type))
            .put(
                "exec",
                SystemdText.command(type, new Shell(app.common().shell()).argv(type.command())))
            .put("log", log == null ? null : SystemdText.path(log).replace("%%i", "%i"));
    order(type, template);
    readiness(type, template);
    restart(type, template);
    return template.fill();
  }

  /** Returns a unit for jlocal's router in front of several web processes. */
  private String router(ExportedType web, Path jlocal) throws UserError {
    String ports = web.port() + "-" + (web.port() + web.count() - 1);
    String entrance = "" + app.common().entrance();
    var argv = List.of(jlocal.toString(), "route", ports, "--proxy-port", entrance);
    return template("systemd-router")
        .put("after", String.join(" ", instances(web)))
        .put("user", user())
        .put("exec", SystemdText.words(argv))
        .fill();
  }

  private @Nullable String user() {
    if (isUser) return null;
    return Objects.requireNonNullElse(request.user(), request.machine().user());
  }

  private static String environment(ExportedType type) {
    return ExportedApp.identity(type, "%i").entrySet().stream()
        .map(variable -> "\"" + variable.getKey() + "=" + variable.getValue() + "\"")
        .collect(Collectors.joining(" "));
  }

  private List<String> environmentFiles(ExportedType type) throws UserError {
    var all = new ArrayList<>(List.of(SystemdText.path(folder.resolve(unit + ".env"))));
    if (!type.environment().isEmpty()) {
      String own = unit + "-" + type.name() + ".env";
      environmentFile(own, type.environment());
      all.add(SystemdText.path(folder.resolve(own)));
    }
    return all;
  }

  private void order(ExportedType type, Template template) {
    var wants = new ArrayList<String>();
    var requires = new ArrayList<String>();
    for (ExportedType before : app.before(type)) {
      (before.isRelease() ? requires : wants).addAll(instances(before));
    }
    var after = new ArrayList<>(wants);
    after.addAll(requires);
    if (!isUser) after.add("network.target");
    template
        .put("wants", String.join(" ", wants))
        .put("requires", String.join(" ", requires))
        .put("after", String.join(" ", after));
  }

  private void readiness(ExportedType type, Template template) {
    boolean isNotify = type.rule().readiness() instanceof Readiness.Notify;
    String timeout = milliseconds(type.rule().timeout());
    template
        .put("service-type", type.runsOnce() ? "oneshot" : isNotify ? "notify" : "exec")
        .put("remain", type.runsOnce() ? "yes" : null)
        .put("notify-access", isNotify ? "all" : null)
        .put("watchdog", milliseconds(type.rule().watchdog()))
        .put("post", post(type))
        .put("start-timeout", isNotify && timeout != null ? timeout : "infinity");
  }

  private static @Nullable String milliseconds(Duration duration) {
    return duration.isZero() ? null : duration.toMillis() + "ms";
  }

  /**
   * Returns a command that waits until a type is ready, up to its timeout, if others wait for it.
   */
  private @Nullable String post(ExportedType type) {
    if (!app.isAwaited(type)) return null;
    if (type.rule().readiness() instanceof Readiness.LogLine) {
      notes.add(type.name() + " counts as ready when it runs: systemd does not read its log");
    }
    String probe = type.probe();
    if (probe == null) return null;
    Duration timeout = type.rule().timeout();
    String wait =
        """
        for ((i = 0; i < %d; i++)); do kill -0 $MAINPID || exit 1; (%s) && exit 0; sleep 0.2; done; true\
        """
            .formatted(timeout.isZero() ? Integer.MAX_VALUE : timeout.toSeconds() * 5, probe);
    return SystemdText.command(type, List.of("/bin/bash", "-c", wait));
  }

  private void restart(ExportedType type, Template template) {
    boolean isRestarted = app.restart(type) != RestartPolicy.NEVER;
    boolean hasSteps = isRestarted && request.machine().systemd() >= BACKOFF;
    template
        .put("restart", restart(type, "no", "on-failure", "always"))
        .put("restart-pause", isRestarted ? 1 : null)
        .put("restart-steps", hasSteps ? 5 : null)
        .put("restart-longest-pause", hasSteps ? 30 : null)
        .put("crash-status", isRestarted && !type.runsOnce() ? CRASHES : null);
  }

  /** Writes values to a file that only the manager reads, without those that it would ignore. */
  private void environmentFile(String file, Map<String, String> vars) {
    var known = new LinkedHashMap<>(vars);
    known.keySet().removeIf(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"));
    vars.keySet().stream()
        .filter(name -> !known.containsKey(name))
        .forEach(name -> notes.add(name + " is not set: systemd accepts no variable of this name"));
    secret(file, SystemdText.environmentFile(known));
  }

  private List<String> next() {
    String systemctl = isUser ? "systemctl --user " : "systemctl ";
    boolean isFound = folder.startsWith("/etc/systemd") || folder.endsWith("systemd/user");
    var next = new ArrayList<String>();
    if (!isFound)
      next.add(
          systemctl + "link " + ShellFormat.quote(folder + "/" + unit) + "{-*.service,.target}");
    next.add(systemctl + "daemon-reload");
    next.add(systemctl + "enable --now " + unit + ".target");
    if (isUser) next.add("loginctl enable-linger   # to run without a session");
    return next;
  }
}
