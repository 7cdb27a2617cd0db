package jlocal.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What commands are run with.
 *
 * @param path the shell; null for the standard one
 * @param toolPath whether the app's own program folders go before PATH
 */
record ShellOptions(@Nullable Path path, boolean toolPath) {
  static final Option<Path> SHELL =
      Option.of(
          "--shell",
          Kind.PROGRAM,
          "",
          "the shell that runs commands (default: bash, as on Heroku, else /bin/sh)");
  static final Option<Boolean> PATH =
      Option.on("--path", "do not put node_modules/.bin, .venv/bin and bin before PATH");

  static final List<Option<?>> OPTIONS = List.of(SHELL, PATH);

  static ShellOptions from(Settings settings) {
    Path shell = settings.isGiven(SHELL) ? found(settings.get(SHELL), settings.path()) : null;
    return new ShellOptions(shell, settings.get(PATH));
  }

  /** A bare name is looked up in PATH, as a shell would; what is not there stays as it is. */
  private static Path found(Path shell, String path) {
    if (shell.getNameCount() > 1 || shell.isAbsolute()) return shell;
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder).resolve(shell))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(shell);
  }
}
