package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jlocal.config.ConfigVar;
import jlocal.config.ConfigVars;
import jlocal.config.ShellFormat;
import jlocal.json.JsonWriter;
import jlocal.plan.AppFiles;
import jlocal.problem.Printable;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** {@code jlocal config}: the app's config vars and where they come from. */
final class ConfigBody implements Body<ConfigOptions> {
  private static final String MASK = "********";

  @Override
  public int run(ConfigOptions options, Context context) throws UserError {
    ConfigVars vars = read(options.app(), context, options.debug());
    switch (options.form()) {
      case JSON -> context.out().exact(JsonWriter.write(vars.values()));
      case SHELL ->
          vars.values().forEach((name, value) -> context.out().exact(assignment(name, value)));
      case TABLE -> table(vars, options.show(), context);
    }
    return ExitCode.DONE.status();
  }

  /** All env files, with what is wrong with them said. */
  static ConfigVars read(AppOptions app, Context context, boolean debug) throws UserError {
    Reading<ConfigVars> vars = AppFiles.readVars(app.root(), app.envFiles());
    if (vars.hasErrors()) throw new UserError(vars.problems());
    new ErrorReport(context.err(), debug).problems(vars.problems());
    return vars.value();
  }

  /** A line that a shell and an env file can read. */
  static String assignment(String name, String value) {
    return name + "=" + ShellFormat.quote(value);
  }

  private static void table(ConfigVars vars, boolean show, Context context) {
    var rows = new ArrayList<List<String>>();
    for (ConfigVar found : vars.byName().values()) {
      String value = show ? Printable.of(found.value()) : MASK;
      rows.add(List.of(found.name(), value, origin(found, context.environment())));
    }
    if (rows.isEmpty()) context.err().line("no config vars: there is no .env, or nothing in it");
    int names = rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
    int values = rows.stream().mapToInt(row -> row.get(1).length()).max().orElse(0);
    for (List<String> row : rows) {
      context
          .out()
          .line(pad(row.get(0), names) + "  " + pad(row.get(1), values) + "  " + row.get(2));
    }
  }

  private static String origin(ConfigVar found, Map<String, String> shell) {
    var origin = new StringBuilder(place(found));
    for (@Nullable ConfigVar other = found.shadows(); other != null; other = other.shadows()) {
      origin.append(", instead of ").append(place(other));
    }
    if (shell.containsKey(found.name())) origin.append(", instead of the shell's");
    return origin.toString();
  }

  private static String place(ConfigVar found) {
    return found.file() + ":" + found.line();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
