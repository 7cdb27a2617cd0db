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

/** Values as unit files and environment files of systemd hold them; systemd.syntax(7). Pure. */
final class UnitText {
  private UnitText() {}

  /** Assignments for EnvironmentFile=, in double quotes. */
  static String environmentFile(Map<String, String> vars) {
    var text = new StringBuilder();
    vars.forEach((name, value) ->
        text.append(name + "=\"" + value.replaceAll("[\\\\\"`$]", "\\\\$0") + "\"\n"));
    return text.toString();
  }

  /**
   * A command line in which nothing is expanded but the number of the instance. PORT is computed
   * from it by a shell that becomes the command.
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

  /** A command line in which nothing is expanded. */
  static String words(List<String> argv) {
    return ":" + argv.stream().map(UnitText::quoted).collect(Collectors.joining(" "));
  }

  /** A word, in double quotes where it needs them; NUL stands for the number of the instance. */
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
   * The rest of a line, which has no quotes.
   *
   * @throws UserError when a line cannot hold it
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
