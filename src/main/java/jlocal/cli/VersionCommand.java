package jlocal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Prints the version. */
final class VersionCommand extends SimpleCommand {
  VersionCommand() {
    super("version", "local:version");
  }

  @Override
  int run(Values values, Context context) {
    context.out().line(line());
    return ExitCode.DONE.status();
  }

  /**
   * Returns the printed line: {@code jlocal 0.1.0}. The build writes the number into a resource.
   */
  static String line() {
    try (var in = VersionCommand.class.getResourceAsStream("version.txt")) {
      if (in == null) return "jlocal (unknown version)";
      return "jlocal " + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
