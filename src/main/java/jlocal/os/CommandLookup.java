package jlocal.os;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains a shell's exit status 127: which program is not in PATH, and where it may be. */
public final class CommandLookup {
  /** The first word after assignments: {@code A=b gunicorn app:app}. */
  private static final Pattern PROGRAM =
      Pattern.compile(
          "\\s*(?:exec\\s+)?(?:[A-Za-z_][A-Za-z0-9_]*=\\S*\\s+)*([A-Za-z0-9_./+-]+)(?:\\s.*)?",
          Pattern.DOTALL);

  private static final List<String> ENVIRONMENTS = List.of(".venv/bin", "venv/bin");
  private static final List<String> FOLDERS = List.of("node_modules/.bin", "bin", "vendor/bin");

  private CommandLookup() {}

  /**
   * Returns where the missing program is instead. Null if it is nowhere, or in PATH, or the command
   * is not a plain one.
   *
   * @param path the PATH that the command was run with
   */
  public static @Nullable String missing(String command, Path root, String path) {
    Matcher words = PROGRAM.matcher(command);
    if (!words.matches()) return null;
    String program = words.group(1);
    if (isFound(program, root, path)) return null;
    return elsewhere(program, root);
  }

  private static boolean isFound(String program, Path root, String path) {
    if (program.contains("/")) return Files.exists(root.resolve(program));
    return Stream.of(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.exists(root.resolve(folder).resolve(program)));
  }

  /** The executable files of that name in the folders of a PATH. */
  public static Stream<Path> inPath(String program, String path) {
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder).resolve(program))
        .filter(Files::isExecutable);
  }

  private static @Nullable String elsewhere(String program, Path root) {
    for (String folder : ENVIRONMENTS) {
      if (isIn(folder, program, root)) {
        return "%s/%s exists; is the virtual environment active?".formatted(folder, program);
      }
    }
    for (String folder : FOLDERS) {
      if (isIn(folder, program, root)) {
        return "%s/%s exists; use this path, or omit --no-path".formatted(folder, program);
      }
    }
    return null;
  }

  private static boolean isIn(String folder, String program, Path root) {
    return !program.contains("/") && Files.exists(root.resolve(folder).resolve(program));
  }
}
