package jlocal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jlocal.problem.Problem;
import jlocal.terminal.ColorMode;
import jlocal.terminal.Fit;

/**
 * What a line of the log looks like.
 *
 * @param timestamp whether it begins with the time
 * @param prefix whether it begins with who wrote it
 * @param raw whether control sequences of the processes pass
 * @param fit what happens to one wider than the terminal
 */
record LineOptions(
    ColorMode color,
    boolean timestamp,
    boolean prefix,
    boolean raw,
    Fit.Mode fit,
    LogFormat format) {
  private static final Kind<ColorMode> MODE = Kind.oneOf(ColorMode.class);

  static final Option<ColorMode> COLOR =
      Option.of(
              "--color",
              MODE.or(LineOptions::color),
              "auto",
              "colours; --color alone for always, --no-color for never")
          .alone("always", "--no-color", "never");
  static final Option<Boolean> TIMESTAMP =
      Option.off("--timestamp", "begin each line with the time");
  static final Option<Boolean> PREFIX =
      Option.on("--prefix", "do not begin each line with who wrote it");
  static final Option<Boolean> RAW =
      Option.off("--raw", "let the processes' control sequences through");
  static final Option<Boolean> TRIM =
      Option.off("--trim", "on a terminal: cut lines that are wider than it");
  static final Option<Boolean> WRAP =
      Option.off("--wrap", "on a terminal: continue such lines below, beside a blank prefix");
  static final Option<LogFormat> FORMAT =
      Option.of(
          "--log-format",
          Kind.oneOf(LogFormat.class),
          "text",
          "text for people, or a JSON object for each line");

  static final List<Option<?>> OPTIONS = List.of(COLOR, TIMESTAMP, PREFIX, RAW, TRIM, WRAP, FORMAT);

  /** What means nothing where there are no painted lines. */
  private static final List<Option<?>> OF_TEXT = List.of(COLOR, TIMESTAMP, PREFIX, RAW, TRIM, WRAP);

  static LineOptions from(Settings settings) {
    var line =
        new LineOptions(
            settings.get(COLOR),
            settings.get(TIMESTAMP),
            settings.get(PREFIX),
            settings.get(RAW),
            fit(settings),
            settings.get(FORMAT));
    if (line.format == LogFormat.JSON) warnOf(settings, OF_TEXT, "--log-format json");
    else if (line.raw) warnOf(settings, List.of(TRIM, WRAP), "--raw");
    return line;
  }

  /** Of both the one that loses nothing, as with nf. */
  private static Fit.Mode fit(Settings settings) {
    boolean trim = settings.get(TRIM);
    if (settings.get(WRAP)) return Fit.Mode.WRAP;
    return trim ? Fit.Mode.TRIM : Fit.Mode.LEAVE;
  }

  /** A setting may be meant for other calls; what is typed is meant for this one. */
  private static void warnOf(Settings settings, List<Option<?>> useless, String beside) {
    for (Option<?> option : useless) {
      if (!settings.isOnCommandLine(option)) continue;
      String name = option.shownNames().getFirst();
      settings.add(Problem.warning(name + " means nothing with " + beside));
    }
  }

  /** The three words, and what a {@code .foreman} file may say. */
  private static ColorMode color(String text, Path base) throws BadValue {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> ColorMode.ALWAYS;
      case "false" -> ColorMode.NEVER;
      default -> MODE.reader().read(text, base);
    };
  }
}
