package jlocal.export;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jlocal.formation.Readiness;
import jlocal.os.Shell;
import jlocal.problem.UserError;
import jlocal.process.RestartPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Units of systemd: a target, a template unit for each type, whose instances are numbered, and the
 * config vars in an EnvironmentFile. systemd.service(5), systemd.exec(5).
 */
final class Systemd extends Exporter {
  /** The first version with RestartSteps=. */
  private static final int BACKOFF = 254;

  private final boolean isUser;
  private final Path folder;

  /**
   * Of a machine or a user.
   *
   * @param isUser whether the units are of a user's manager
   */
  Systemd(ExportedApp app, ExportRequest request, boolean isUser) throws UserError {
    super(app, request);
    this.isUser = isUser;
    folder = folder("/etc/systemd/system");
  }

  @Override
  Export export() throws UserError {
    var units = new ArrayList<String>();
    app.types().forEach(type -> units.addAll(instances(type)));
    var target =
        template("systemd-target")
            .put("app", unit)
            .putAll("unit", units)
            .put("wanted-by", isUser ? "default.target" : "multi-user.target");
    for (ExportedType type : app.types()) {
      files.add(ExportFile.open(template(type), service(type)));
      if (!type.isWeb() || type.count() == 1) continue;
      Path jlocal = request.machine().jlocal();
      if (jlocal == null) noteLoss(type, "");
      else files.add(ExportFile.open(unit + "-router.service", router(type, jlocal)));
      if (jlocal != null) units.add(unit + "-router.service");
    }
    files.add(ExportFile.open(target(), target.fill()));
    files.add(ExportFile.secret(unit + ".env", UnitText.environmentFile(app.varsHere(request))));
    if (isUser && request.user() != null) notes.add("-u has no effect: the units are your own");
    app.common().services().forEach(this::noteMissing);
    return new Export(files, notes, next());
  }

  private String target() {
    return unit + ".target";
  }

  private String template(ExportedType type) {
    return unit + "-" + type.name() + "@.service";
  }

  private List<String> instances(ExportedType type) {
    return IntStream.rangeClosed(1, type.count())
        .mapToObj(n -> template(type).replace("@", "@" + n))
        .toList();
  }

  private String service(ExportedType type) throws UserError {
    Path log = log(type, "%i");
    var template =
        template("systemd-service")
            .put("app", unit)
            .put("type", type.name())
            .put("target", target())
            .put("user", isUser ? null : user())
            .put("folder", UnitText.path(type.folder()))
            .put("environment", environment(type))
            .putAll("environment-file", environmentFiles(type))
            .put(
                "exec",
                UnitText.command(type, new Shell(app.common().shell()).argv(type.command())))
            .put("kill-signal", type.stopSignal())
            .put("stop-timeout", type.grace().toMillis() + "ms")
            .put("memory", type.memory() == null ? null : type.memory().limit())
            .put("log", log == null ? null : UnitText.path(log).replace("%%i", "%i"));
    order(type, template);
    readiness(type, template);
    restart(type, template);
    return template.fill();
  }

  /** jlocal's router before several web processes. */
  private String router(ExportedType web, Path jlocal) throws UserError {
    String ports = web.port() + "-" + (web.port() + web.count() - 1);
    String entrance = "" + app.common().entrance();
    return template("systemd-router")
        .put("app", unit)
        .put("target", target())
        .put("after", String.join(" ", instances(web)))
        .put("user", isUser ? null : user())
        .put(
            "exec",
            UnitText.words(List.of(jlocal.toString(), "route", ports, "--proxy-port", entrance)))
        .fill();
  }

  private String user() {
    return Objects.requireNonNullElse(request.user(), request.machine().user());
  }

  private static String environment(ExportedType type) {
    return ExportedApp.identity(type, "%i").entrySet().stream()
        .map(variable -> "\"" + variable.getKey() + "=" + variable.getValue() + "\"")
        .collect(Collectors.joining(" "));
  }

  private List<String> environmentFiles(ExportedType type) throws UserError {
    var all = new ArrayList<>(List.of(UnitText.path(folder.resolve(unit + ".env"))));
    if (!type.environment().isEmpty()) {
      String own = unit + "-" + type.name() + ".env";
      files.add(ExportFile.secret(own, UnitText.environmentFile(type.environment())));
      all.add(UnitText.path(folder.resolve(own)));
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
        .put("wants", joined(wants))
        .put("requires", joined(requires))
        .put("after", joined(after));
  }

  private static @Nullable String joined(List<String> units) {
    return units.isEmpty() ? null : String.join(" ", units);
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

  /** Waits for the readiness of what others wait for, as long as that may take. */
  private @Nullable String post(ExportedType type) {
    if (!app.isAwaited(type)) return null;
    if (type.rule().readiness() instanceof Readiness.LogLine) {
      notes.add(type.name() + " is ready when it runs: systemd does not read its log");
    }
    String probe = Probe.line(type);
    if (probe == null) return null;
    Duration timeout = type.rule().timeout();
    String wait =
        """
        for ((i = 0; i < %d; i++)); do kill -0 $MAINPID || exit 1; (%s) && exit 0; sleep 0.2; done; true\
        """
            .formatted(timeout.isZero() ? Integer.MAX_VALUE : timeout.toSeconds() * 5, probe);
    return UnitText.command(type, List.of("/bin/bash", "-c", wait));
  }

  private void restart(ExportedType type, Template template) {
    RestartPolicy policy = app.restart(type);
    String word =
        switch (policy) {
          case NEVER -> "no";
          case ON_CRASH -> "on-failure";
          case ALWAYS -> "always";
        };
    boolean isRestarted = policy != RestartPolicy.NEVER;
    boolean hasSteps = isRestarted && request.machine().systemd() >= BACKOFF;
    template
        .put("restart", word)
        .put("restart-pause", isRestarted ? "1" : null)
        .put("restart-steps", hasSteps ? "5" : null)
        .put("restart-longest-pause", hasSteps ? "30" : null)
        .put(
            "crash-status",
            isRestarted && !type.runsOnce() ? "143 SIGHUP SIGINT SIGTERM SIGPIPE" : null);
  }

  private List<String> next() {
    String systemctl = isUser ? "systemctl --user " : "systemctl ";
    boolean isFound = folder.startsWith("/etc/systemd") || folder.endsWith("systemd/user");
    var next = new ArrayList<String>();
    if (!isFound) next.add(systemctl + "link " + folder + "/" + unit + "{-*.service,.target}");
    next.add(systemctl + "daemon-reload");
    next.add(systemctl + "enable --now " + target());
    if (isUser) next.add("loginctl enable-linger   # to run without a session");
    return next;
  }
}
