package jlocal.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Writes a file for Docker Compose; compose-spec. */
final class Compose extends Containers {
  Compose(ExportedApp app, ExportRequest request) throws UserError {
    super(app, request, false);
  }

  @Override
  ExportResult export() throws UserError {
    environmentFile(name + ".env", secrets);
    var text = new StringBuilder("# Written by jlocal export.\nname: " + Yaml.of(name));
    text.append("\nservices:\n");
    for (ExportedType type : app.types()) text.append(service(type));
    var volumes = new LinkedHashMap<String, Object>();
    for (BackingService.Container server : servers) {
      text.append(server(server));
      if (!server.data().isEmpty()) volumes.put(name(server.name()), Map.of());
    }
    for (ExportedType type : app.types()) if (isSeveralWeb(type)) text.append(entrance(type));
    if (!volumes.isEmpty()) text.append("volumes: " + Yaml.of(volumes) + "\n");
    open("compose.yaml", text.toString());
    return new ExportResult(files, notes, List.of("docker compose up --build --detach"));
  }

  private static boolean isSeveralWeb(ExportedType type) {
    return type.isWeb() && type.count() > 1;
  }

  private String service(ExportedType type) throws UserError {
    environmentFile(ownFile(type.name()), type.environment());
    boolean isPublished = type.isWeb() && type.count() == 1;
    return template("compose-service", type)
        .yaml("name", name(type.name()))
        .yaml("image", name)
        .yaml("context", context())
        .yaml("command", command(type.command()))
        .yaml("folder", folder(type))
        .put("variable", Yaml.lines(environment(type)))
        .yaml("env-files", environmentFiles(type))
        .yaml("restart", restart(type))
        .yaml("depends-on", dependsOn(type))
        .yaml("healthcheck", healthcheck(type))
        .put("published", isPublished ? app.common().entrance() + ":" + type.port() : null)
        .fill();
  }

  /** Returns the folder of the Dockerfile, relative to the file. */
  private String context() {
    Path folder = request.folder();
    String path = folder == null ? "" : folder.relativize(app.common().root()).toString();
    return path.isEmpty() ? "." : escaped(path);
  }

  @Override
  String escaped(String text) {
    return text.replace("$", "$$");
  }

  private Map<String, String> environment(ExportedType type) {
    var all = new LinkedHashMap<>(app.open());
    all.replaceAll((_, value) -> escaped(value));
    all.put("PORT", "" + type.port());
    if (type.count() == 1) all.putAll(ExportedApp.identity(type, "1"));
    return all;
  }

  private String ownFile(String type) {
    return name + "-" + name(type) + ".env";
  }

  private List<String> environmentFiles(ExportedType type) {
    var all = new ArrayList<String>();
    if (!secrets.isEmpty()) all.add(name + ".env");
    if (!type.environment().isEmpty()) all.add(ownFile(type.name()));
    return all;
  }

  /** Writes values to a separate file, in double quotes for Compose. */
  private void environmentFile(String file, Map<String, String> vars) {
    if (!writes(file, vars)) return;
    var text = new StringBuilder();
    vars.forEach((name, value) -> {
      String quoted = value.replaceAll("[\\\\\"$]", "\\\\$0");
      text.append(name + "=\"" + quoted.replace("\n", "\\n").replace("\r", "\\r") + "\"\n");
    });
    secret(file, text.toString());
  }

  private String restart(ExportedType type) {
    String again = type.runsOnce() ? "on-failure" : "unless-stopped";
    return restart(type, "no", again, again);
  }

  private Map<String, Object> dependsOn(ExportedType type) {
    var all = new LinkedHashMap<String, Object>();
    for (ExportedType before : app.before(type)) {
      String condition =
          before.runsOnce()
              ? "service_completed_successfully"
              : before.probe() == null ? "service_started" : "service_healthy";
      all.put(name(before.name()), Map.of("condition", condition));
    }
    servers.forEach(it -> all.put(name(it.name()), Map.of("condition", "service_healthy")));
    return all;
  }

  private @Nullable Map<String, Object> healthcheck(ExportedType type) {
    String probe = type.probe();
    if (probe == null) return null;
    return healthcheck(command(probe), Math.max(3, type.rule().timeout().toSeconds() / 2));
  }

  private static SequencedMap<String, Object> healthcheck(List<String> command, long retries) {
    var test = new ArrayList<>(List.of("CMD"));
    test.addAll(command);
    return Yaml.map("test", test, "interval", "2s", "timeout", "10s", "retries", retries);
  }

  private String server(BackingService.Container server) throws UserError {
    String file = ownFile(server.name());
    environmentFile(file, server.secrets());
    return template("compose-server", server, file)
        .yaml("environment", server.environment())
        .yaml("healthcheck", healthcheck(shell(server.question()), 60))
        .fill();
  }

  /** Returns nginx as the one address of several web processes; it asks Docker's DNS for theirs. */
  private String entrance(ExportedType web) throws UserError {
    String nginx = template("compose-nginx.conf", web).put("upstream", name(web.name())).fill();
    return template("compose-entrance")
        .yaml("upstream", name(web.name()))
        .put("port", app.common().entrance())
        .put("nginx", escaped(nginx).lines().toList())
        .fill();
  }
}
