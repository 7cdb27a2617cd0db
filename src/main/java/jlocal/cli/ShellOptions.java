package jlocal.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What commands are run with.
 *
 * @param path the shell, a bare name to be found in PATH; null for the standard one
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
    Path shell = settings.isGiven(SHELL) ? settings.get(SHELL) : null;
    return new ShellOptions(shell, settings.get(PATH));
  }
}
