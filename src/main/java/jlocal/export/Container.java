package jlocal.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jlocal.formation.KnownServer;
import org.jspecify.annotations.Nullable;

/** What Compose and Kubernetes have in common: processes in containers of one image. */
final class Container {
  private static final Path ROOT = Path.of("/app");
  private static final Pattern LOCALHOST = Pattern.compile("\\b127\\.0\\.0\\.1\\b|\\blocalhost\\b");

  private Container() {}

  /** The command by bash, which the images of {@link Dockerfile} and of buildpacks have. */
  static List<String> command(String line) {
    return List.of("/bin/bash", "-c", line);
  }

  /** The working directory in the image; null for that of the image. */
  static @Nullable String folder(ExportedType type, ExportedApp app) {
    Path root = app.common().root();
    if (type.folder().equals(root)) return null;
    return ROOT.resolve(root.relativize(type.folder())).normalize().toString();
  }

  static String secretNote(String file, ExportRequest request) {
    return file
        + " has the values of config vars: "
        + (request.withSecrets() ? "keep it out of version control" : "--with-secrets writes it");
  }

  /** What works on one machine and not in containers. Names only: values may be secrets. */
  static List<String> notes(ExportedApp app) {
    var notes = new ArrayList<String>();
    for (ExportedType type : app.types()) {
      KnownServer server = type.rule().server();
      if (type.isWeb() && LOCALHOST.matcher(type.command()).find()) {
        notes.add("web listens on localhost, which nothing reaches in a container: use 0.0.0.0");
      }
      if (server != null) {
        notes.add(type.name() + " runs " + server + ", which its image must have; see add-ons");
      }
    }
    app.vars()
        .forEach((name, value) -> {
          if (LOCALHOST.matcher(value).find()) {
            notes.add(name + " names localhost, which in a container is the container itself");
          }
        });
    return notes;
  }
}
