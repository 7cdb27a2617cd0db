package jlocal.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** A file of Docker Compose; compose-spec. */
final class Compose extends Containers {
  Compose(ExportedApp app, ExportRequest request) throws UserError {
    super(app, request, false);
  }

  @Override
  Export export() throws UserError {
    secret(name + ".env", secrets);
    var text = new StringBuilder("# Written by jlocal export.\nname: " + Yaml.of(name));
    text.append("\nservices:\n");
    for (ExportedType type : app.types()) text.append(service(type));
    var volumes = new LinkedHashMap<String, Object>();
    for (var server : servers.entrySet()) {
      text.append(server(server.getKey(), server.getValue()));
      if (!server.getValue().data().isEmpty()) volumes.put(name(server.getKey().name()), Map.of());
    }
    for (ExportedType type : app.types()) if (isSeveralWeb(type)) text.append(entrance(type));
    if (!volumes.isEmpty()) text.append("volumes: " + Yaml.of(volumes) + "\n");
    files.addFirst(ExportFile.open("compose.yaml", text.toString()));
    return new Export(files, notes, List.of("docker compose up --build --detach"));
  }

  private static boolean isSeveralWeb(ExportedType type) {
    return type.isWeb() && type.count() > 1;
  }

  private String service(ExportedType type) throws UserError {
    secret(ownFile(type), type.environment());
    String published = app.common().entrance() + ":" + type.port();
    return template("compose-service")
        .put("name", Yaml.of(name(type.name())))
        .put("image", Yaml.of(name))
        .put("context", Yaml.of(context()))
        .put("command", Yaml.of(escaped(command(type.command()))))
        .put("folder", Yaml.orNone(folder(type)))
        .putAll("variable", Yaml.lines(environment(type)))
        .put("env-files", Yaml.orNone(environmentFiles(type)))
        .put("restart", Yaml.of(restart(type)))
        .put("stop-signal", type.stopSignal())
        .put("grace", type.grace().toMillis() + "ms")
        .put("depends-on", Yaml.orNone(dependsOn(type)))
        .put("healthcheck", Yaml.orNone(healthcheck(type)))
        .put("published", type.isWeb() && type.count() == 1 ? published : null)
        .put("replicas", type.count())
        .put("resources", Yaml.orNone(resources(type)))
        .fill();
  }

  /** The folder of the Dockerfile, as seen from the file. */
  private String context() {
    Path folder = request.folder();
    String path = folder == null ? "" : folder.relativize(app.common().root()).toString();
    return path.isEmpty() ? "." : escaped(path);
  }

  private static String escaped(String text) {
    return text.replace("$", "$$");
  }

  private static List<String> escaped(List<String> texts) {
    return texts.stream().map(Compose::escaped).toList();
  }

  private Map<String, String> environment(ExportedType type) {
    var all = new LinkedHashMap<String, String>();
    app.open().forEach((name, value) -> all.put(name, escaped(value)));
    all.put("PORT", "" + type.port());
    if (type.count() == 1) all.putAll(ExportedApp.identity(type, "1"));
    return all;
  }

  private String ownFile(ExportedType type) {
    return name + "-" + name(type.name()) + ".env";
  }

  private List<String> environmentFiles(ExportedType type) {
    var all = new ArrayList<String>();
    if (!secrets.isEmpty()) all.add(name + ".env");
    if (!type.environment().isEmpty()) all.add(ownFile(type));
    return all;
  }

  /** A file of its own for values, in double quotes as Compose reads them. */
  private void secret(String file, Map<String, String> vars) {
    if (!writes(file, vars)) return;
    var text = new StringBuilder();
    vars.forEach((name, value) -> {
      String quoted = value.replaceAll("[\\\\\"$]", "\\\\$0");
      text.append(name + "=\"" + quoted.replace("\n", "\\n").replace("\r", "\\r") + "\"\n");
    });
    files.add(ExportFile.secret(file, text.toString()));
  }

  private String restart(ExportedType type) {
    return switch (app.restart(type)) {
      case NEVER -> "no";
      case ON_CRASH, ALWAYS -> type.runsOnce() ? "on-failure" : "unless-stopped";
    };
  }

  private Map<String, Object> dependsOn(ExportedType type) {
    var all = new LinkedHashMap<String, Object>();
    for (ExportedType before : app.before(type)) {
      String condition =
          before.runsOnce()
              ? "service_completed_successfully"
              : healthcheck(before) == null ? "service_started" : "service_healthy";
      all.put(name(before.name()), Map.of("condition", condition));
    }
    for (BackingService server : servers.keySet()) {
      all.put(name(server.name()), Map.of("condition", "service_healthy"));
    }
    return all;
  }

  private String server(BackingService server, BackingService.Container there) throws UserError {
    String service = name(server.name());
    String file = name + "-" + service + ".env";
    var secret = secret(server, there);
    secret(file, secret);
    var question = List.of("CMD-SHELL", escaped(there.question()));
    return template("compose-server")
        .put("name", Yaml.of(service))
        .put("image", Yaml.of(there.image()))
        .put("command", there.command().isEmpty() ? null : Yaml.of(shell(there.command())))
        .put("environment", Yaml.orNone(there.environment()))
        .put("env-file", secret.isEmpty() ? null : Yaml.of(file))
        .put("healthcheck", Yaml.of(Yaml.map("test", question, "interval", "2s", "retries", 60)))
        .put("volume", service)
        .put("data", there.data().isEmpty() ? null : there.data())
        .fill();
  }

  private static List<String> shell(String line) {
    return List.of("/bin/sh", "-c", escaped(line));
  }

  private static @Nullable Map<String, Object> healthcheck(ExportedType type) {
    String probe = Probe.line(type);
    if (probe == null) return null;
    long retries = Math.max(3, type.rule().timeout().toSeconds() / 2);
    var test = new ArrayList<>(List.of("CMD"));
    test.addAll(escaped(command(probe)));
    return Yaml.map("test", test, "interval", "2s", "timeout", "10s", "retries", retries);
  }

  private static @Nullable Map<String, Object> resources(ExportedType type) {
    Memory memory = type.memory();
    if (memory == null) return null;
    return Yaml.map(
        "limits", Map.of("memory", "" + memory.limit()),
        "reservations", Map.of("memory", "" + memory.quota()));
  }

  /** One address for several web processes: nginx, which asks Docker's DNS where they are. */
  private String entrance(ExportedType web) throws UserError {
    String nginx =
        template("compose-nginx.conf")
            .put("upstream", name(web.name()))
            .put("port", web.port())
            .fill();
    return template("compose-entrance")
        .put("upstream", Yaml.of(name(web.name())))
        .put("port", app.common().entrance())
        .putAll("nginx", escaped(nginx).lines().toList())
        .fill();
  }
}
