package jlocal.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said about {@code jlocal run}.
 *
 * @param port the command's PORT; null for none, whatever the settings file says
 * @param command the command and its arguments exactly as given; never empty
 */
record RunOptions(
    AppOptions app,
    ShellOptions shell,
    @Nullable Integer port,
    List<String> command,
    boolean debug) {
  static final Option<Integer> PORT =
      Option.valueOnce(
          "-p, --port", Kind.number(1, 65_535), "5000", "the PORT it gets (default: none)");

  RunOptions {
    command = List.copyOf(command);
  }
}
