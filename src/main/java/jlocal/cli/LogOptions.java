package jlocal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jlocal.terminal.ColorMode;
import jlocal.terminal.TtyMode;

/**
 * The form of the log.
 *
 * @param timestamp whether each line begins with the time
 * @param prefix whether each line begins with who wrote it
 * @param raw whether control sequences of the processes pass
 * @param tty whether each process gets a terminal
 * @param buffer how many lines are kept in memory, at least 1
 */
record LogOptions(
    ColorMode color, boolean timestamp, boolean prefix, boolean raw, TtyMode tty, int buffer) {
  private static final Kind<ColorMode> MODE = Kind.oneOf(ColorMode.class);

  static final Option<ColorMode> COLOR =
      Option.of(
              "--color",
              MODE.or(LogOptions::color),
              "auto",
              "colours; --color alone for always, --no-color for never")
          .alone("always", "--no-color", "never");
  static final Option<Boolean> TIMESTAMP =
      Option.off("--timestamp", "begin each line with the time");
  static final Option<Boolean> PREFIX =
      Option.on("--prefix", "do not begin each line with who wrote it");
  static final Option<Boolean> RAW =
      Option.off("--raw", "let the processes' control sequences through");
  static final Option<TtyMode> TTY =
      Option.of(
          "--tty",
          Kind.oneOf(TtyMode.class),
          "auto",
          "a terminal for each process, so that it colours and flushes");
  static final Option<Integer> BUFFER =
      Option.of("--log-buffer", Kind.number(1, 1_000_000), "1500", "log lines kept in memory");

  static final List<Option<?>> OPTIONS = List.of(COLOR, TIMESTAMP, PREFIX, RAW, TTY, BUFFER);

  static LogOptions from(Settings settings) {
    return new LogOptions(
        settings.get(COLOR),
        settings.get(TIMESTAMP),
        settings.get(PREFIX),
        settings.get(RAW),
        settings.get(TTY),
        settings.get(BUFFER));
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
