package jlocal.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** The common parts of Compose and Kubernetes: processes in containers of one image. */
abstract class Containers extends Exporter {
  private static final Path ROOT = Path.of("/app");
  private static final Pattern LOCALHOST = Pattern.compile("\\b127\\.0\\.0\\.1\\b|\\blocalhost\\b");

  /** The app's name, a DNS label. */
  final String name;

  /** The servers that become containers. */
  final List<BackingService.Container> servers = new ArrayList<>();

  /** Config vars with values that must not be committed, and those with addresses of servers. */
  final SequencedMap<String, String> secrets;

  private final Map<String, String> names;

  /**
   * Creates the exporter.
   *
   * @param isPrefixed whether the app's name precedes the names of types
   */
  Containers(ExportedApp app, ExportRequest request, boolean isPrefixed) throws UserError {
    super(app, request);
    name = ExportNames.dns(app.common().name());
    secrets = app.secrets();
    var all = new ArrayList<>(app.types().stream().map(ExportedType::name).toList());
    for (BackingService service : app.common().services()) {
      var container = service.container();
      if (container != null) servers.add(container);
      else noteMissing(service);
    }
    servers.forEach(it -> all.add(it.name()));
    names = ExportNames.dns(isPrefixed ? name : "", all);
    servers.forEach(it -> secrets.putAll(it.service().variables(name(it.name()), it.port())));
    note();
  }

  /** Returns the exported name of a type or server. */
  final String name(String type) {
    return Objects.requireNonNull(names.get(type));
  }

  /** Returns a template for a type or server. */
  final Template template(String template, String type) throws UserError {
    return template(template)
        .yaml("app", name)
        .yaml("name", name(type))
        .yaml("type", ExportNames.dns(type));
  }

  /** Returns a template for a server, with its password in the named secret. */
  final Template template(String template, BackingService.Container server, String secret)
      throws UserError {
    return template(template, server.name())
        .yaml("image", server.image())
        .put("port", server.port())
        .yaml("command", server.command().isEmpty() ? null : shell(server.command()))
        .yaml("secret", server.secrets().isEmpty() ? null : secret)
        .put("data", server.data());
  }

  /** Escapes dollar signs that the format would expand. */
  abstract String escaped(String text);

  final List<String> shell(String line) {
    return List.of("/bin/sh", "-c", escaped(line));
  }

  /**
   * Returns the command for bash, which the images of {@link Dockerfile} and of buildpacks contain.
   */
  final List<String> command(String line) {
    return List.of("/bin/bash", "-c", escaped(line));
  }

  /** Returns the working directory in the image; null for the default. */
  final @Nullable String folder(ExportedType type) {
    Path root = app.common().root();
    if (type.folder().equals(root)) return null;
    return ROOT.resolve(root.relativize(type.folder())).normalize().toString();
  }

  /** Whether to write values that must not be committed; adds a note in both cases. */
  final boolean writes(String file, Map<String, String> vars) {
    if (vars.isEmpty()) return false;
    boolean isWritten = request.withSecrets();
    String what = isWritten ? "keep it out of version control" : "--with-secrets writes it";
    notes.add(file + " has the values of config vars: " + what);
    return isWritten;
  }

  /** Notes settings that work here but not in containers, by name only: values may be secrets. */
  private void note() {
    for (ExportedType type : app.types()) {
      if (type.isWeb() && LOCALHOST.matcher(type.command()).find()) {
        notes.add("web listens on localhost, which is unreachable in a container: use 0.0.0.0");
      }
      var server = type.rule().server();
      if (server == null) continue;
      notes.add(type.name() + " runs " + server + ", which its image must have; see add-ons");
    }
    app.vars()
        .forEach((name, value) -> {
          if (!LOCALHOST.matcher(value).find()) return;
          notes.add(name + " names localhost, which in a container is the container itself");
        });
    if (request.user() != null) notes.add("-u has no effect: the image defines the user");
    if (request.log() != null) notes.add("-l has no effect: containers have their own log");
  }
}
