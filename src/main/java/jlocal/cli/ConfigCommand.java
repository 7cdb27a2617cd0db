package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jlocal.config.ConfigVar;
import jlocal.config.ConfigVars;
import jlocal.config.ShellFormat;
import jlocal.plan.PlanRequest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Prints the config vars the app would get. */
final class ConfigCommand extends SimpleCommand {
  static final String MASK = "********";

  ConfigCommand() {
    super("config");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(
        new OptionGroup(
            "Output",
            Options.flag(Options.JSON),
            Options.flag("-s", "--shell"),
            Options.flag("--show")),
        app());
  }

  /** Returns the options that select the files with config vars. */
  static OptionGroup app() {
    var options = new ArrayList<>(AppOptions.fileOptions());
    options.add(AppOptions.portOption());
    return new OptionGroup("The app", options);
  }

  @Override
  int run(Values values, Context context) throws UserError {
    if (values.is(Options.JSON) && values.is("--shell")) {
      throw new UserError(Problem.error("--json and --shell exclude each other"));
    }
    ConfigVars vars = readVars(AppOptions.from(values).files(), context);
    if (values.is(Options.JSON)) context.out().json(vars.values());
    else if (values.is("--shell")) printAssignments(vars, context);
    else table(vars, values, context);
    return ExitCode.DONE.status();
  }

  /**
   * Prints assignments for a shell, {@code env -S} and env files; warns of values they would
   * misread.
   */
  private static void printAssignments(ConfigVars vars, Context context) {
    var warnings = new ArrayList<Problem>();
    for (ConfigVar found : vars.byName().values()) {
      String name = found.name();
      if (!found.isShellName()) {
        warnings.add(warning(found, "no shell accepts the variable " + name + "; it is left out"));
        continue;
      }
      if (ShellFormat.isOnlyForEnvFiles(found.value())) {
        warnings.add(warning(found, name + " has Windows line ends, which no shell reads back"));
      }
      context.out().exact(name + "=" + ShellFormat.forShells(found.value()));
    }
    context.report(warnings);
  }

  private static Problem warning(ConfigVar found, String what) {
    return Problem.warning(found.file(), found.line(), what);
  }

  /** Reads the env files and reports problems with them. */
  static ConfigVars readVars(PlanRequest.App app, Context context) throws UserError {
    ConfigVars vars = context.checked(app.vars());
    return new AppAddOns(app.root(), context.environment()).complete(vars);
  }

  /** Returns a line that a shell and an env file can read. */
  static String assignment(String name, String value) {
    return name + "=" + ShellFormat.quote(value);
  }

  private static void table(ConfigVars vars, Values values, Context context) {
    var rows = new ArrayList<List<String>>();
    for (ConfigVar found : vars.byName().values()) {
      String value = values.is("--show") ? Printable.of(found.value()) : MASK;
      String origin = origin(found, context.environment()) + ofTypes(found.name(), values);
      rows.add(List.of(found.name(), value, origin));
    }
    if (rows.isEmpty()) context.err().line("no config vars: .env is missing or empty");
    context.out().table(rows);
  }

  private static String origin(ConfigVar found, Map<String, String> shell) {
    var origin = new StringBuilder(place(found));
    for (@Nullable ConfigVar other = found.shadows(); other != null; other = other.shadows()) {
      origin.append(", instead of ").append(place(other));
    }
    if (shell.containsKey(found.name())) origin.append(", instead of the shell's");
    return origin.toString();
  }

  /** Returns a note of the types for which the settings file overrides the value. */
  private static String ofTypes(String name, Values values) {
    return values.ofTypes().stream()
        .filter(entry -> entry.key().startsWith("env."))
        .filter(entry -> entry.text().split("=", 2)[0].strip().equals(name))
        .map(entry -> "; %s has that of %s".formatted(entry.key().substring(4), entry.origin()))
        .collect(Collectors.joining());
  }

  private static String place(ConfigVar found) {
    return found.line() == 0 ? found.file() : found.file() + ":" + found.line();
  }
}
