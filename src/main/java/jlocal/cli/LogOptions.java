package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.app.AppPlan;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.os.PrivateFiles;
import jlocal.os.Terminal;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.terminal.LogFormat;
import jlocal.terminal.LongLines;
import jlocal.terminal.When;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/** How the log of an app is written and kept, by the options of {@code start}. */
record LogOptions(Values values) {
  static final String COLOR = "--color";

  static final String TIMESTAMP = "--timestamp";
  static final String HISTORY = "--history";

  private static final String FORMAT = "--log-format";
  private static final String DIR = "--log-dir";
  private static final int MEGABYTE = 1_000_000;
  private static final List<String> OURS = List.of("manager", "router");
  private static final ITypeConverter<When> COLORS = Converters.constant(When.class);

  /** The reader of the log. */
  enum Format {
    /** People. */
    TEXT,
    /** Programs: an object for each line. */
    JSON
  }

  static List<OptionSpec> options() {
    return List.of(
        colorOption(),
        Options.switchSetting(TIMESTAMP, false),
        Options.switchSetting("--prefix", true),
        Options.switchSetting("--raw", false),
        Options.switchSetting("--trim", false),
        Options.switchSetting("--wrap", false),
        Options.setting(Options.choice(Format.class, FORMAT).defaultValue("text")),
        Options.setting(Options.list(Converters::type, "TYPE,...", "--hide")),
        Options.setting(Options.choice(When.class, "--tty").defaultValue("auto")),
        Options.setting(Options.path("DIR", DIR)),
        Options.setting(Options.number(1, 1_000_000, "--log-size").defaultValue("10")),
        Options.setting(Options.number(0, 1000, "--log-keep").defaultValue("5")),
        Options.setting(Options.number(1, 1_000_000, "--log-buffer").defaultValue("1500")),
        Options.switchSetting(HISTORY, true),
        Options.switchSetting("--keys", true));
  }

  static OptionSpec colorOption() {
    return Options.setting(
        Options.choice(When.class, COLOR).converters(LogOptions::color).defaultValue("auto"),
        "always",
        "--no-color",
        "never");
  }

  /** Parses the values of the option and of {@code .foreman} files. */
  private static When color(String text) throws Exception {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> When.ALWAYS;
      case "false" -> When.NEVER;
      default -> COLORS.convert(text);
    };
  }

  /** Warns of options that have no effect. */
  void check() {
    if (!isText()) {
      var textOnly = List.of(COLOR, "--timestamp", "--prefix", "--raw", "--trim", "--wrap");
      values.warnOfUseless(textOnly, "with --log-format json");
    } else if (values.is("--raw")) {
      values.warnOfUseless(List.of("--trim", "--wrap"), "with --raw");
    }
    if (values.isGiven(DIR)) return;
    values.warnOfUseless(List.of("--log-size", "--log-keep"), "without --log-dir");
  }

  boolean isText() {
    boolean isJson = values.has(Options.JSON) && values.is(Options.JSON);
    return values.<Format>get(FORMAT) == Format.TEXT && !isJson;
  }

  /** Whether each process gets a terminal. */
  boolean hasTerminals(boolean isShownOnOne) {
    return values.<When>get("--tty").is(isShownOnOne);
  }

  /** Returns the format for standard output. */
  LogFormat form() {
    if (!isText()) return new LogFormat.Json();
    boolean terminal = Terminal.is(Terminal.Stream.OUT);
    When mode = values.get(COLOR);
    return new LogFormat.Text(
        mode.colors(values.context().environment(), terminal),
        values.is(TIMESTAMP),
        values.is("--prefix"),
        values.is("--raw"),
        terminal ? fit() : LongLines.LEAVE);
  }

  /** Returns the one of {@code --trim} and {@code --wrap} that loses nothing, as in nf. */
  private LongLines fit() {
    if (!values.is("--wrap") && !values.is("--trim")) return LongLines.LEAVE;
    return new LongLines(
        values.is("--wrap") ? LongLines.Mode.WRAP : LongLines.Mode.TRIM,
        () -> Terminal.size(Terminal.Stream.OUT).columns());
  }

  /** Returns the width of each line's prefix besides the name, in columns. */
  int prefixColumns(int nameWidth) {
    return (values.is("--prefix") ? nameWidth + 3 : 0) + (values.is(TIMESTAMP) ? 9 : 0);
  }

  /** Returns the log files; null for none. */
  AppPlan.@Nullable Files files() {
    if (!values.isGiven(DIR)) return null;
    long bytes = (long) values.<Integer>get("--log-size") * MEGABYTE;
    var rotation = new Rotation(bytes, values.<Integer>get("--log-keep"));
    return new AppPlan.Files(values.path(DIR), rotation);
  }

  /** Returns the hidden names: types, {@code manager} and {@code router}. */
  Set<String> hidden() {
    return values.<ProcessType>list("--hide").stream()
        .map(ProcessType::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the problems with the log of an app; creates the folder of its files. */
  List<Problem> problems(Procfile procfile) {
    var problems = new ArrayList<Problem>();
    List<String> known =
        Stream.concat(procfile.commands().keySet().stream(), OURS.stream()).toList();
    for (ProcessType type : values.<ProcessType>list("--hide")) {
      if (!known.contains(type.name())) problems.add(unknownType(type.name(), known));
    }
    if (values.isGiven(DIR)) addUnwritable(values.path(DIR), problems);
    return problems;
  }

  private static Problem unknownType(String name, List<String> known) {
    return Problem.error(
            "--hide: no process type '" + Printable.of(name) + "'" + Nearest.hint(name, known))
        .hint("there are " + String.join(", ", known));
  }

  private static void addUnwritable(Path folder, List<Problem> problems) {
    String reason = "";
    try {
      PrivateFiles.createFolders(folder);
      if (!Files.isWritable(folder)) reason = "it is not writable";
    } catch (IOException e) {
      reason = Files.exists(folder) ? "it is not a folder" : "it cannot be created";
    }
    if (reason.isEmpty()) return;
    problems.add(
        Problem.error("no log files in " + folder + ": " + reason)
            .hint("choose another --log-dir"));
  }
}
