package jlocal.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.formation.Readiness;
import jlocal.os.Signal;
import jlocal.problem.UserError;
import jlocal.process.RestartPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Writes a base for kustomize: a Deployment for each type, or a Job for one that runs once;
 * Services for web and for types that others wait for.
 */
final class Kubernetes extends Containers {
  /** The timeout of a wait without a limit, in seconds. */
  private static final long LONG = 3600;

  private final List<String> resources = new ArrayList<>();

  /** The files required by the release phase. */
  private final List<String> first = new ArrayList<>();

  Kubernetes(ExportedApp app, ExportRequest request) throws UserError {
    super(app, request, true);
  }

  @Override
  ExportResult export() throws UserError {
    if (!app.open().isEmpty()) {
      resource("config", object("config", name).put("variable", Yaml.lines(app.open())));
      first.add("config.yaml");
    }
    secret("secret", name, secrets);
    for (BackingService.Container server : servers) server(server);
    for (ExportedType type : app.types()) type(type);
    open(
        "kustomization.yaml",
        template("kubernetes-kustomization").put("resource", resources).fill());
    return new ExportResult(files, notes, next());
  }

  private void type(ExportedType type) throws UserError {
    String file = ExportNames.dns(type.name());
    secret(file + "-secret", name(type.name()), type.environment());
    if (type.isRelease()) open(file + ".yaml", pods(type).fill());
    else resource(file, pods(type));
    int port = type.isWeb() ? 80 : app.isAwaited(type) ? type.probedPort() : 0;
    if (port > 0) service(type.name(), port, type.isWeb() ? type.port() : port);
    if (type.isWeb()) resource(file + "-ingress", template("kubernetes-ingress", type.name()));
    var range = request.autoscale().get(type.name());
    if (range == null) return;
    var scaler = template("kubernetes-autoscaler", type.name());
    scaler.put("least", range.least()).put("most", range.most());
    resource(file + "-autoscaler", scaler);
  }

  private void resource(String file, Template template) throws UserError {
    open(file + ".yaml", template.fill());
    resources.add(file + ".yaml");
  }

  private Template object(String kind, String name) throws UserError {
    return template("kubernetes-" + kind).yaml("app", this.name).yaml("name", name);
  }

  private void secret(String file, String name, Map<String, String> vars) throws UserError {
    if (!writes("the Secret " + name, vars)) return;
    secret(file + ".yaml", object("secret", name).put("variable", Yaml.lines(vars)).fill());
    first.add(file + ".yaml");
  }

  private void service(String type, int port, int target) throws UserError {
    var service = template("kubernetes-service", type).put("port", port).put("target", target);
    resource(ExportNames.dns(type) + "-service", service);
  }

  /** Adds a server with its data: a StatefulSet, since two must not share data. */
  private void server(BackingService.Container server) throws UserError {
    String file = ExportNames.dns(server.name());
    String name = name(server.name());
    secret(file + "-secret", name, server.secrets());
    var variables =
        server.environment().stream()
            .map(each -> each.split("=", 2))
            .map(each -> Yaml.map("name", each[0], "value", escaped(each[1])))
            .toList();
    resource(
        file,
        template("kubernetes-server", server, name)
            .yaml("variables", variables)
            .yaml("question", shell(server.question()))
            .put("claim", server.data().isEmpty() ? null : "data"));
    service(server.name(), server.port(), server.port());
    first.addAll(List.of(file + ".yaml", file + "-service.yaml"));
  }

  /** Returns the pods of a type, for a Deployment or a Job. */
  private Template pods(ExportedType type) throws UserError {
    boolean isJob = type.runsOnce();
    if (!isJob && app.common().restart() == RestartPolicy.NEVER) {
      notes.add(type.name() + " is restarted when it exits, as everything in a Deployment");
    }
    if (type.stopSignal() != Signal.TERM) {
      notes.add(type.name() + " gets SIGTERM, unless its image has another STOPSIGNAL");
    }
    boolean isScaled = request.autoscale().containsKey(type.name());
    Map<String, Object> ready = probe(type);
    String waits = String.join(", ", waits(type));
    return template("kubernetes-pods", type)
        .yaml("app", name)
        .yaml("name", name(type.name()))
        .yaml("type", ExportNames.dns(type.name()))
        .put("api-version", isJob ? "batch/v1" : "apps/v1")
        .put("kind", isJob ? "Job" : "Deployment")
        .put("replicas", isJob || isScaled ? null : type.count())
        .put("backoff-limit", !isJob ? null : type.isRelease() ? 0 : 6)
        .put("selector", isJob ? null : "matchLabels")
        .put("restart", !isJob ? "Always" : type.isRelease() ? "Never" : "OnFailure")
        .yaml("image", name)
        .put("init-containers", waits)
        .yaml("command", command(type.command()))
        .yaml("folder", folder(type))
        .yaml("env-from", sources(type))
        .yaml("probe", ready)
        .yaml("startup-probe", ready == null ? null : startup(ready, type));
  }

  /** Doubles dollar signs that Kubernetes would expand, or read as half a pair. */
  @Override
  String escaped(String text) {
    return text.replaceAll("\\$(?=[$(])", "\\$\\$");
  }

  private List<Object> sources(ExportedType type) {
    var all = new ArrayList<Object>();
    if (!app.open().isEmpty()) all.add(Map.of("configMapRef", Map.of("name", name)));
    if (!secrets.isEmpty()) all.add(Map.of("secretRef", Map.of("name", name)));
    if (type.environment().isEmpty()) return all;
    all.add(Map.of("secretRef", Map.of("name", name(type.name()))));
    return all;
  }

  private static long seconds(ExportedType type) {
    return type.rule().timeout().isZero() ? LONG : type.rule().timeout().toSeconds();
  }

  private static Map<String, Object> startup(Map<String, Object> ready, ExportedType type) {
    var probe = new LinkedHashMap<>(ready);
    probe.put("periodSeconds", 1);
    probe.put("failureThreshold", seconds(type));
    return probe;
  }

  private @Nullable Map<String, Object> probe(ExportedType type) {
    return switch (type.rule().readiness()) {
      case Readiness.Http(var path) ->
          Yaml.map("httpGet", Yaml.map("path", path, "port", type.port()));
      case Readiness.Exec(var line) -> Yaml.map("exec", Map.of("command", command(line)));
      case Readiness.Port _, Readiness.Listening _ ->
          type.probedPort() == 0 ? null : Yaml.map("tcpSocket", Map.of("port", type.probedPort()));
      case Readiness.Notify _, Readiness.LogLine _ -> {
        notes.add(
            type.name() + " counts as ready when it runs: Kubernetes has no probe for its ready=");
        yield null;
      }
      case Readiness.Exit _, Readiness.Alive _ -> null;
    };
  }

  /** Returns a container for each awaited Service, which continues after the timeout. */
  private List<String> waits(ExportedType type) throws UserError {
    var all = new ArrayList<String>();
    for (ExportedType before : app.before(type)) {
      if (before.probedPort() == 0) continue;
      all.add(wait(before.name(), before.probedPort(), seconds(before)));
    }
    for (var server : servers) all.add(wait(server.name(), server.port(), LONG));
    return all;
  }

  private String wait(String before, int port, long seconds) throws UserError {
    String line =
        "for ((i = 0; i < %d; i++)); do (: </dev/tcp/%s/%d) 2>/dev/null && exit; sleep 1; done"
            .formatted(seconds, name(before), port);
    return object("wait", "after-" + ExportNames.dns(before))
        .yaml("image", name)
        .yaml("command", command(line))
        .fill()
        .strip();
  }

  private List<String> next() throws UserError {
    var next = new ArrayList<String>();
    if (!first.isEmpty()) next.add("kubectl apply -f " + String.join(" -f ", first));
    for (ExportedType type : app.types()) {
      if (!type.isRelease()) continue;
      next.add("kubectl replace --force -f " + ExportNames.dns(type.name()) + ".yaml");
      next.add("kubectl wait --for=condition=complete --timeout=10m job/" + name(type.name()));
    }
    next.add("kubectl apply -k .");
    return next;
  }
}
