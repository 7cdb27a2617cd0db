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
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.terminal.ColorMode;
import jlocal.terminal.Fit;
import jlocal.terminal.TtyMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How the log is written and kept.
 *
 * @param line what a line looks like
 * @param format for people or for programs
 * @param hidden types that are not shown; also {@code manager} and {@code router}
 * @param tty whether each process gets a terminal
 * @param files where it is written to as well; null for nowhere
 * @param buffer how many lines of each process are kept in memory, at least 1
 */
record LogOptions(
    Line line,
    Format format,
    List<ProcessType> hidden,
    TtyMode tty,
    AppPlan.@Nullable Files files,
    int buffer) {
  static final String COLOR = "--color";
  static final String TIMESTAMP = "--timestamp";
  static final String PREFIX = "--prefix";
  static final String RAW = "--raw";
  static final String TRIM = "--trim";
  static final String WRAP = "--wrap";
  static final String FORMAT = "--log-format";
  static final String HIDE = "--hide";
  static final String TTY = "--tty";
  static final String DIR = "--log-dir";
  static final String SIZE = "--log-size";
  static final String KEEP = "--log-keep";
  static final String BUFFER = "--log-buffer";

  private static final int MEGABYTE = 1_000_000;
  private static final List<String> OURS = List.of("manager", "router");
  private static final ITypeConverter<ColorMode> COLORS = Converters.constant(ColorMode.class);

  /**
   * What a line of text looks like.
   *
   * @param timestamp whether it begins with the time
   * @param prefix whether it begins with the name of its source
   * @param raw whether control sequences of the processes pass
   * @param fit what happens to one wider than the terminal
   */
  record Line(ColorMode color, boolean timestamp, boolean prefix, boolean raw, Fit.Mode fit) {}

  /** Who the log is written for. */
  enum Format {
    /** People. */
    TEXT,
    /** Programs: an object for each line. */
    JSON
  }

  static List<OptionSpec> options() {
    var options = new ArrayList<OptionSpec>();
    options.add(colorOption());
    options.add(Options.switchSetting(TIMESTAMP, false, "begin each line with the time"));
    options.add(
        Options.switchSetting(
            PREFIX, true, "begin each line with the name of its source (default: yes)"));
    options.add(Options.switchSetting(RAW, false, "let the processes' control sequences through"));
    options.add(
        Options.switchSetting(TRIM, false, "on a terminal: cut lines that are wider than it"));
    options.add(
        Options.switchSetting(
            WRAP, false, "on a terminal: continue such lines below, beside a blank prefix"));
    options.add(
        Options.choice(Options.setting(FORMAT), Format.class)
            .defaultValue("text")
            .description("text, or a JSON object for each line (default: text)")
            .build());
    options.add(
        Options.list(Options.setting(HIDE), Converters::type)
            .paramLabel("TYPE,...")
            .description("types not shown; also manager and router")
            .build());
    options.add(
        Options.choice(Options.setting(TTY), TtyMode.class)
            .defaultValue("auto")
            .description(
                "a terminal for each process, so that it colours and flushes (default: auto)")
            .build());
    options.addAll(fileOptions());
    options.add(
        Options.number(Options.setting(BUFFER), 1, 1_000_000)
            .defaultValue("1500")
            .description("log lines of each process kept in memory (default: 1500)")
            .build());
    return options;
  }

  static OptionSpec colorOption() {
    var option = Options.choice(Options.setting(COLOR), ColorMode.class);
    option
        .converters(LogOptions::color)
        .defaultValue("auto")
        .description("colours; --color alone for always, --no-color for never (default: auto)");
    return Options.optionalValue(option, "always", "--no-color", "never").build();
  }

  private static List<OptionSpec> fileOptions() {
    return List.of(
        Options.setting(DIR)
            .type(Path.class)
            .converters(Path::of)
            .paramLabel("DIR")
            .description("also write log files there, one for each process")
            .build(),
        Options.number(Options.setting(SIZE), 1, 1_000_000)
            .defaultValue("10")
            .description("MB after which a log file is rotated (default: 10)")
            .build(),
        Options.number(Options.setting(KEEP), 0, 1000)
            .defaultValue("5")
            .description("rotated log files that are kept of each (default: 5)")
            .build());
  }

  static LogOptions from(Values values) {
    var line =
        new Line(
            values.<ColorMode>get(COLOR),
            values.is(TIMESTAMP),
            values.is(PREFIX),
            values.is(RAW),
            fit(values));
    Format format = values.get(FORMAT);
    if (format == Format.JSON) {
      values.warnOfUseless(List.of(COLOR, TIMESTAMP, PREFIX, RAW, TRIM, WRAP), "--log-format json");
    } else if (line.raw) {
      values.warnOfUseless(List.of(TRIM, WRAP), "--raw");
    }
    return new LogOptions(
        line,
        format,
        values.list(HIDE),
        values.<TtyMode>get(TTY),
        files(values),
        values.<Integer>get(BUFFER));
  }

  /** Of both the one that loses nothing, as with nf. */
  private static Fit.Mode fit(Values values) {
    if (values.is(WRAP)) return Fit.Mode.WRAP;
    return values.is(TRIM) ? Fit.Mode.TRIM : Fit.Mode.LEAVE;
  }

  private static AppPlan.@Nullable Files files(Values values) {
    if (!values.isGiven(DIR)) {
      for (String name : List.of(SIZE, KEEP)) {
        if (!values.isOnCommandLine(name)) continue;
        values.add(Problem.warning(name + " has no effect without --log-dir"));
      }
      return null;
    }
    long bytes = (long) values.<Integer>get(SIZE) * MEGABYTE;
    return new AppPlan.Files(values.path(DIR), new Rotation(bytes, values.<Integer>get(KEEP)));
  }

  /** The words of the option, and what a {@code .foreman} file may say. */
  private static ColorMode color(String text) throws Exception {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> ColorMode.ALWAYS;
      case "false" -> ColorMode.NEVER;
      default -> COLORS.convert(text);
    };
  }

  /** Why there cannot be such a log for an app; makes the folder of its files. */
  List<Problem> problems(Procfile procfile) {
    var problems = new ArrayList<Problem>();
    List<String> known =
        Stream.concat(procfile.entries().keySet().stream().map(ProcessType::name), OURS.stream())
            .toList();
    for (String name : hiddenNames()) {
      if (!known.contains(name)) problems.add(unknownType(name, known));
    }
    if (files != null) addUnwritable(files.folder(), problems);
    return problems;
  }

  private static Problem unknownType(String name, List<String> known) {
    String near = Nearest.of(name, known);
    String meant = near == null ? "" : "; did you mean '" + near + "'?";
    return Problem.error("--hide: no process type '" + Printable.of(name) + "'" + meant)
        .hint("there are " + String.join(", ", known));
  }

  private static void addUnwritable(Path folder, List<Problem> problems) {
    String reason = "";
    try {
      PrivateFiles.createFolders(folder);
      if (!Files.isWritable(folder)) reason = "you may not write there";
    } catch (IOException e) {
      reason = Files.exists(folder) ? "it is no folder" : "it cannot be made";
    }
    if (reason.isEmpty()) return;
    problems.add(
        Problem.error("no log files in " + folder + ": " + reason).hint("name another --log-dir"));
  }

  Set<String> hiddenNames() {
    return hidden.stream().map(ProcessType::name).collect(Collectors.toUnmodifiableSet());
  }
}
