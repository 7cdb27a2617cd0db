package jlocal.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jlocal.problem.UserError;
import jlocal.text.ResourceTable;

/** Writes a Dockerfile for the language of the app, and the list of files to exclude. */
final class Dockerfile extends Exporter {
  Dockerfile(ExportedApp app, ExportRequest request) throws UserError {
    super(app, request);
  }

  @Override
  ExportResult export() throws UserError {
    String name = ExportNames.dns(app.common().name());
    String language = language();
    open("Dockerfile", template(language).fill());
    open(".dockerignore", template("dockerignore").fill());
    notes.add(
        language
            + " is a starting point; a buildpack needs none: pack build "
            + name
            + " -B heroku/builder:24");
    return new ExportResult(files, notes, List.of("docker build -t " + name + " ."));
  }

  /** Returns the language of the first file that exists, else of the first program in a command. */
  private String language() {
    Path root = app.common().root();
    Set<String> words =
        app.types().stream()
            .flatMap(type -> List.of(type.command().split("\\s+", -1)).stream())
            .collect(Collectors.toSet());
    String byProgram = "dockerfile-other";
    for (String row : ResourceTable.lines(Dockerfile.class, "dockerfiles.txt").reversed()) {
      List<String> programs = List.of(row.split(" *[|] *", 3)[2].strip().split(" ", -1));
      if (programs.stream().anyMatch(words::contains)) byProgram = row.split(" ", 2)[0];
    }
    for (String row : ResourceTable.lines(Dockerfile.class, "dockerfiles.txt")) {
      for (String file : row.split(" *[|] *", 3)[1].split(" ", -1)) {
        if (!file.isEmpty() && Files.exists(root.resolve(file))) return row.split(" ", 2)[0];
      }
    }
    return byProgram;
  }
}
