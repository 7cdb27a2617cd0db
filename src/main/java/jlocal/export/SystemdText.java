package jlocal.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jlocal.os.Shell;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** Formats values for unit files and environment files of systemd; systemd.syntax(7). Pure. */
final class SystemdText {
  private SystemdText() {}

  /** Returns assignments for EnvironmentFile=, in double quotes. */
  static String environmentFile(Map<String, String> vars) {
    var text = new StringBuilder();
    vars.forEach((name, value) ->
        text.append(name + "=\"" + value.replaceAll("[\\\\\"`$]", "\\\\$0") + "\"\n"));
    return text.toString();
  }

  /**
   * Returns a command line in which only the number of the instance is expanded. A shell computes
   * PORT from it and executes the command.
   */
  static String command(ExportedType type, List<String> argv) {
    Shell standard = Shell.standard();
    var all = new ArrayList<>(List.of(standard.path().toString()));
    if (standard.path().endsWith("bash")) all.add("-p"); // BASH_ENV is for the command
    String script = "export PORT=$((\0 + " + (type.port() - 1) + ")); exec \"$@\"";
    all.addAll(List.of("-c", script, "sh"));
    all.addAll(argv);
    return words(all);
  }

  /** Returns a command line without expansions. */
  static String words(List<String> argv) {
    return ":" + argv.stream().map(SystemdText::quoted).collect(Collectors.joining(" "));
  }

  /** Quotes a word if necessary; NUL represents the number of the instance. */
  private static String quoted(String word) {
    if (word.matches("[A-Za-z0-9_./:=+-]+")) return word;
    var quoted = new StringBuilder("\"");
    word.chars()
        .forEach(c -> {
          switch (c) {
            case 0 -> quoted.append("%i");
            case '%' -> quoted.append("%%");
            case '"', '\\' -> quoted.append('\\').append((char) c);
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            default -> quoted.append((char) c);
          }
        });
    return quoted.append('"').toString();
  }

  /**
   * Returns the rest of a line, which cannot be quoted.
   *
   * @throws UserError if a line cannot contain it
   */
  static String path(Path path) throws UserError {
    String text = path.toString();
    if (text.matches("(?s).*([\\n\\r]|[\\\\\\s]$).*")) {
      String what = "systemd cannot represent the path '" + Printable.of(text) + "'";
      throw new UserError(Problem.error(what));
    }
    return text.replace("%", "%%");
  }
}
