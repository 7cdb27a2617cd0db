package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import jlocal.config.EnvLayers;
import jlocal.plan.PlanRequest;
import jlocal.problem.Origin;
import jlocal.problem.Problem;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that select the app; nearly every command takes them, also before its name.
 *
 * @param files as the user named them
 * @param isProcfileNamed whether the Procfile was named, so that it must exist
 * @param port the base of the PORTs
 */
record AppOptions(
    PlanRequest.App files, boolean isProcfileNamed, PlanRequest.Setting<Integer> port) {
  static final String PROCFILE = "--procfile";
  static final String ROOT = "--root";
  static final String ENV = "--env";
  static final String PORT = "--port";
  static final String STANDARD = "Procfile";
  static final String DEVELOPMENT = "Procfile.dev";

  /** A number after {@code -f}, as nf accepts; a Procfile of that name is {@code ./5000}. */
  private static final Pattern PORT_NUMBER = Pattern.compile("[0-9]+");

  static List<OptionSpec> fileOptions() {
    return List.of(
        procfile(), root(), Options.setting(Options.list(Converters::path, "FILE,...", "-e", ENV)));
  }

  static OptionSpec portOption() {
    return Options.setting(Options.number(1, 65_535, "-p", PORT).defaultValue("5000"));
  }

  static OptionSpec procfile() {
    return Options.setting(
        Options.option(Path.class, AppOptions::procfile, "FILE", "-f", PROCFILE, "-j")
            .defaultValue(STANDARD));
  }

  static OptionSpec root() {
    return Options.setting(Options.path("DIR", "-d", ROOT));
  }

  static AppOptions from(Values values) {
    boolean isNamed = values.isGiven(PROCFILE);
    boolean isRooted = values.isGiven(ROOT);
    Path folder = isRooted ? values.path(ROOT) : values.appFolder();
    Path procfile = isNamed ? values.path(PROCFILE) : procfileIn(folder);
    Path beside = procfile.getParent();
    Path root = isRooted ? folder : beside == null ? Path.of("") : beside;
    List<Path> named = values.has(ENV) ? values.paths(ENV) : List.of();
    var files = new PlanRequest.App(procfile, root, named.isEmpty() ? layers(root, values) : named);
    var port =
        values.has(PORT)
            ? values.<Integer>withOrigin(PORT)
            : new PlanRequest.Setting<>(5000, new Origin.Default());
    return new AppOptions(files, isNamed, port);
  }

  /** Returns {@code Procfile.dev} if it is the only Procfile. */
  static Path procfileIn(Path folder) {
    Path standard = folder.resolve(STANDARD);
    Path development = folder.resolve(DEVELOPMENT);
    boolean isOnly = !Files.exists(standard) && Files.isRegularFile(development);
    return isOnly ? development : standard;
  }

  AppOptions in(Path folder) {
    var app = new PlanRequest.App(procfileIn(folder), folder, files.envFiles());
    return new AppOptions(app, isProcfileNamed, port);
  }

  /** Returns the env files that the app's framework reads besides .env; empty for .env alone. */
  private static List<Path> layers(Path root, Values values) {
    if (!values.has(ENV)) return List.of();
    EnvLayers layers = EnvLayers.of(root.toAbsolutePath(), values.context().environment());
    if (!layers.unread().isEmpty()) {
      String unread = String.join(", ", layers.unread());
      String all = String.join(",", layers.unread());
      values.add(
          Problem.warning(unread + ": ignored, because no framework here reads it")
              .hint("to read it write  env: .env," + all + "  into .jlocal"));
    }
    return layers.files().stream().map(root::resolve).toList();
  }

  private static Path procfile(String text) {
    if (!PORT_NUMBER.matcher(text).matches()) return Path.of(text);
    throw Converters.invalid(text, "is not a Procfile");
  }
}
