package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jlocal.cli.Subcommand.OptionGroup;
import jlocal.convert.OtherConfig;
import jlocal.formation.Scale;
import jlocal.os.CommandLookup;
import jlocal.os.Terminal;
import jlocal.plan.PlanRequest;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code start} and {@code check} that decide what runs. */
final class PlanOptions {
  static final String FORMATION = "--formation";
  static final String SHELL = "--shell";
  static final String TOOL_PATH = "--path";

  /** The default time for a process to become ready. */
  private static final Duration BOOT_TIMEOUT = Duration.ofSeconds(60);

  private PlanOptions() {}

  static List<OptionGroup> groups() {
    var ports = new ArrayList<OptionSpec>();
    ports.add(AppOptions.portOption());
    ports.add(Options.setting(Options.number(1, 10_000, "--port-step").defaultValue("100")));
    ports.add(Options.switchSetting("--strict-port", false));
    ports.add(Options.switchSetting(AppProcfile.PORT_FLAG, true));
    ports.addAll(RouterOptions.options());
    var types = new ArrayList<>(AppOptions.fileOptions());
    types.add(
        Options.setting(
            Options.list(
                PlanOptions::formationItem,
                "TYPE=N,...",
                "-m",
                FORMATION,
                "-c",
                "--concurrency",
                "--scale")));
    types.add(Options.setting(Options.list(PlanOptions::exceptItem, "TYPE,...", "-x", "--except")));
    types.addAll(shellOptions());
    return List.of(new OptionGroup("What runs", types), new OptionGroup("Ports and router", ports));
  }

  static List<OptionSpec> shellOptions() {
    return List.of(
        Options.setting(Options.path("FILE", SHELL)), Options.switchSetting(TOOL_PATH, true));
  }

  /**
   * Returns the request of the options.
   *
   * @param types the types named as arguments
   */
  static PlanRequest from(Values values, List<String> types) {
    AppOptions named = AppOptions.from(values);
    refuseOtherConfig(named, values);
    AppOptions app = chosen(named, values);
    var _ = TypeOptions.read(values.ofTypes(), values.appFolder(), values::add);
    boolean strict = values.is("--strict-port") || app.port().isChosen();
    return new PlanRequest(
        app.files(),
        scale(values, app.files(), types),
        shell(values),
        values.is(TOOL_PATH),
        new PlanRequest.Ports(app.port(), values.<Integer>get("--port-step"), strict),
        RouterOptions.from(values),
        bootTimeout(values),
        values.context().environment(),
        app.files().root().toAbsolutePath().normalize());
  }

  /** Returns the boot timeout. A chosen one also applies to requests, whose default is shorter. */
  private static Duration bootTimeout(Values values) {
    return values.isGiven("--boot-timeout") ? values.get("--boot-timeout") : BOOT_TIMEOUT;
  }

  /** Lets a person at a terminal choose one of several detected apps. */
  private static AppOptions chosen(AppOptions app, Values values) {
    boolean isDetached = values.has(StartOptions.DETACH) && values.is(StartOptions.DETACH);
    if (isDetached || !Terminal.is(Terminal.Stream.IN) || !Terminal.is(Terminal.Stream.ERR))
      return app;
    Path folder = AppProcfile.of(values, app.files()).ask(values.context());
    return folder == null ? app : app.in(folder);
  }

  /**
   * Refuses to start with another runner's file and no Procfile; prints the equivalent Procfile.
   */
  private static void refuseOtherConfig(AppOptions app, Values values) {
    Path procfile = app.files().procfile();
    if (app.isProcfileNamed() || Files.exists(procfile)) return;
    if (Files.exists(procfile.resolveSibling("Procfile.dev"))) return;
    OtherConfig other = OtherConfig.in(app.files().root().toAbsolutePath());
    if (other == null) return;
    other.lines().forEach(values.context().out()::line);
    values.add(
        Problem.error(other.file(), 0, "is not a Procfile, and there is none")
            .hint("the lines above are what it would be: write them into these files"));
  }

  /**
   * Returns the requested scale, else that of app.json. Types named as arguments select only these;
   * {@code -m} sets counts; {@code -x} excludes types that are not named.
   */
  private static Scale scale(Values values, PlanRequest.App app, List<String> types) {
    var asked = new ArrayList<>(AppJsonSetup.formation(app, values));
    asked.addAll(values.list(FORMATION));
    var formation = Scale.read(String.join(",", asked));
    formation.problems().forEach(values::add);
    List<ProcessType> except = values.list("--except");
    var selected = formation.value().only(types);
    selected.problems().forEach(values::add);
    if (types.isEmpty()) return formation.value().without(except);
    if (values.isOnCommandLine("--except")) {
      selected.value().counts().keySet().stream()
          .filter(except::contains)
          .map(type -> "'" + type + "' is both asked for and left out by --except")
          .forEach(sentence -> values.add(Problem.error(sentence)));
    }
    var without = new ArrayList<>(except);
    without.removeAll(selected.value().counts().keySet());
    return selected.value().without(without);
  }

  /** Rejects a bare name: other runners start it alone, or let it die; here it has no effect. */
  private static @Nullable String formationItem(String text) {
    if (text.isBlank()) return null;
    for (String item : text.strip().split("\\s+", -1)) {
      if (ProcessType.isName(item)) {
        throw Converters.invalid(
            item,
            "is not TYPE=N, such as %s=2; to start only this type use  jlocal start %1$s"
                .formatted(item));
      }
      var problems = Scale.read(item).problems();
      if (!problems.isEmpty()) {
        throw new picocli.CommandLine.TypeConversionException(problems.getFirst().what());
      }
    }
    return text;
  }

  /** Rejects a number, as nf takes after {@code -x}. */
  private static @Nullable ProcessType exceptItem(String text) {
    if (text.isBlank() || !Character.isDigit(text.charAt(0))) return Converters.type(text);
    throw Converters.invalid(text, "is not a process type, such as web");
  }

  /** Returns the shell; null for the default. A bare name is looked up in PATH, as in a shell. */
  static @Nullable Path shell(Values values) {
    if (!values.isGiven(SHELL)) return null;
    Path shell = values.<Path>get(SHELL);
    if (shell.isAbsolute()) return shell;
    if (shell.toString().contains("/")) return values.path(SHELL);
    String path = values.context().environment().getOrDefault("PATH", "");
    return CommandLookup.inPath(shell.toString(), path).findFirst().orElse(shell);
  }
}
