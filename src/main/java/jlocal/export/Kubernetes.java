package jlocal.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jlocal.formation.Readiness;
import jlocal.os.Signal;
import jlocal.problem.UserError;
import jlocal.process.RestartPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A base for kustomize: a Deployment for each type, or a Job for one that runs once; Services for
 * web and for what others wait for.
 */
final class Kubernetes extends Containers {
  /** How long is waited for what has no limit. */
  private static final long LONG = 3600;

  private final List<String> resources = new ArrayList<>();

  /** The files that the release phase needs. */
  private final List<String> first = new ArrayList<>();

  Kubernetes(ExportedApp app, ExportRequest request) throws UserError {
    super(app, request, true);
  }

  @Override
  Export export() throws UserError {
    if (!app.open().isEmpty()) {
      var config = object("config").put("name", Yaml.of(name));
      resource("config.yaml", config.putAll("variable", Yaml.lines(app.open())));
      first.add("config.yaml");
    }
    secret("secret.yaml", name, secrets);
    for (var server : servers.entrySet()) server(server.getKey(), server.getValue());
    for (ExportedType type : app.types()) type(type);
    var list = object("kustomization").putAll("resource", resources);
    files.add(ExportFile.open("kustomization.yaml", list.fill()));
    return new Export(files, notes, next());
  }

  private void type(ExportedType type) throws UserError {
    String file = label(type) + ".yaml";
    secret(label(type) + "-secret.yaml", name(type.name()), type.environment());
    ExportRequest.Range range = request.autoscale().get(type.name());
    if (type.isRelease()) files.add(ExportFile.open(file, pods(type).fill()));
    else resource(file, pods(type));
    if (type.isWeb() || (app.isAwaited(type) && type.probedPort() > 0)) {
      int port = type.isWeb() ? 80 : type.probedPort();
      int target = type.isWeb() ? type.port() : port;
      resource(label(type) + "-service.yaml", service(type.name(), port, target));
    }
    if (type.isWeb()) resource(label(type) + "-ingress.yaml", object("ingress", type.name()));
    if (range != null) {
      var scaler = object("autoscaler", type.name()).put("least", range.least());
      resource(label(type) + "-autoscaler.yaml", scaler.put("most", range.most()));
    }
  }

  private void resource(String file, Template template) throws UserError {
    files.add(ExportFile.open(file, template.fill()));
    resources.add(file);
  }

  private void secret(String file, String name, Map<String, String> vars) throws UserError {
    if (!writes("the Secret " + name, vars)) return;
    var secret = object("secret").put("name", Yaml.of(name));
    files.add(ExportFile.secret(file, secret.putAll("variable", Yaml.lines(vars)).fill()));
    first.add(file);
  }

  private static String label(ExportedType type) throws UserError {
    return Names.dns(type.name());
  }

  private Template object(String kind) throws UserError {
    return template("kubernetes-" + kind).put("app", Yaml.of(name));
  }

  /** One of a type or a server. */
  private Template object(String kind, String type) throws UserError {
    return object(kind).put("name", Yaml.of(name(type))).put("type", Yaml.of(Names.dns(type)));
  }

  /** The pods of a type: of a Deployment, or of a Job. */
  private Template pods(ExportedType type) throws UserError {
    boolean isJob = type.runsOnce();
    boolean isScaled = request.autoscale().containsKey(type.name());
    if (!isJob && app.common().restart() == RestartPolicy.NEVER) {
      notes.add(type.name() + " is restarted when it ends, as all of a Deployment are");
    }
    if (type.stopSignal() != Signal.TERM) {
      notes.add(type.name() + " gets SIGTERM, unless its image has another STOPSIGNAL");
    }
    Map<String, Object> ready = probe(type);
    List<String> waits = waits(type);
    List<String> sources = sources(type);
    return object("pods", type.name())
        .put("api-version", isJob ? "batch/v1" : "apps/v1")
        .put("kind", isJob ? "Job" : "Deployment")
        .put("replicas", isJob || isScaled ? null : type.count())
        .put("backoff-limit", !isJob ? null : type.isRelease() ? 0 : 6)
        .put("is-deployment", isJob ? null : "")
        .put("restart", !isJob ? "Always" : type.isRelease() ? "Never" : "OnFailure")
        .put("grace", type.graceSeconds())
        .put("image", Yaml.of(name))
        .put("has-init-containers", waits.isEmpty() ? null : "")
        .putAll("init-container", waits)
        .put("command", Yaml.of(command(escaped(type.command()))))
        .put("folder", Yaml.orNone(folder(type)))
        .put("port", type.port())
        .put("has-env-from", sources.isEmpty() ? null : "")
        .putAll("env-from", sources)
        .put("probe", Yaml.orNone(ready))
        .put("startup-probe", ready == null ? null : Yaml.of(startup(ready, type)))
        .put("memory", type.memory() == null ? null : type.memory().quota())
        .put("memory-limit", type.memory() == null ? null : type.memory().limit());
  }

  /** A dollar sign is doubled where Kubernetes would take it for a variable, or for half a pair. */
  private static String escaped(String text) {
    return text.replaceAll("\\$(?=[$(])", "\\$\\$");
  }

  private List<String> sources(ExportedType type) {
    var all = new ArrayList<String>();
    if (!app.open().isEmpty()) all.add("configMapRef: {name: " + Yaml.of(name) + "}");
    if (!secrets.isEmpty()) all.add("secretRef: {name: " + Yaml.of(name) + "}");
    if (!type.environment().isEmpty())
      all.add("secretRef: {name: " + Yaml.of(name(type.name())) + "}");
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
      case Readiness.Exec(var command) ->
          Yaml.map("exec", Yaml.map("command", command(escaped(command))));
      case Readiness.Port _, Readiness.Listening _ ->
          type.probedPort() == 0
              ? null
              : Yaml.map("tcpSocket", Yaml.map("port", type.probedPort()));
      case Readiness.Notify _, Readiness.LogLine _ -> {
        notes.add(type.name() + " is ready when it runs: Kubernetes has no probe like its ready=");
        yield null;
      }
      case Readiness.Exit _, Readiness.Alive _ -> null;
    };
  }

  /** A container for each Service that is waited for, which goes on when the time is over. */
  private List<String> waits(ExportedType type) throws UserError {
    var all = new ArrayList<String>();
    for (ExportedType before : app.before(type)) {
      if (before.probedPort() == 0) continue;
      all.add(wait(before.name(), before.probedPort(), seconds(before)));
    }
    for (var server : servers.entrySet()) {
      all.add(wait(server.getKey().name(), server.getValue().port(), LONG));
    }
    return all;
  }

  private String wait(String before, int port, long seconds) throws UserError {
    String line =
        "for ((i = 0; i < %d; i++)); do (: </dev/tcp/%s/%d) 2>/dev/null && exit; sleep 1; done"
            .formatted(seconds, name(before), port);
    return object("wait")
        .put("name", Yaml.of("after-" + Names.dns(before)))
        .put("image", Yaml.of(name))
        .put("command", Yaml.of(command(line)))
        .fill()
        .stripTrailing();
  }

  private Template service(String type, int port, int target) throws UserError {
    return object("service", type).put("port", port).put("target", target);
  }

  /** A server with its data: a StatefulSet, since two may not have the same data. */
  private void server(BackingService server, BackingService.Container there) throws UserError {
    String file = Names.dns(server.name());
    var secret = secret(server, there);
    secret(file + "-secret.yaml", name(server.name()), secret);
    var variables = new ArrayList<String>();
    there
        .environment()
        .forEach((name, value) ->
            variables.add(Yaml.of(Yaml.map("name", name, "value", escaped(value)))));
    var template =
        object("server", server.name())
            .put("image", Yaml.of(there.image()))
            .put("command", there.command().isEmpty() ? null : Yaml.of(shell(there.command())))
            .put("port", there.port())
            .put("has-env", variables.isEmpty() ? null : "")
            .putAll("variable", variables)
            .put("secret", secret.isEmpty() ? null : Yaml.of(name(server.name())))
            .put("question", Yaml.of(shell(there.question())))
            .put("data", there.data().isEmpty() ? null : there.data())
            .put("has-data", there.data().isEmpty() ? null : "");
    resource(file + ".yaml", template);
    resource(file + "-service.yaml", service(server.name(), there.port(), there.port()));
    first.add(file + ".yaml");
    first.add(file + "-service.yaml");
  }

  private static List<String> shell(String line) {
    return List.of("/bin/sh", "-c", escaped(line));
  }

  private List<String> next() throws UserError {
    var next = new ArrayList<String>();
    String config = first.stream().map(file -> " -f " + file).collect(Collectors.joining());
    if (!config.isEmpty()) next.add("kubectl apply" + config);
    for (ExportedType type : app.types()) {
      if (!type.isRelease()) continue;
      next.add("kubectl replace --force -f " + label(type) + ".yaml");
      next.add("kubectl wait --for=condition=complete --timeout=10m job/" + name(type.name()));
    }
    next.add("kubectl apply -k .");
    return next;
  }
}
