package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.os.CallerEnvironment;
import jlocal.os.Signals;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.terminal.ColorMode;

/** The program's entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Map<String, String> environment = CallerEnvironment.environment();
    var context =
        new Context(
            out(FileDescriptor.out, Stream.OUT, environment),
            out(FileDescriptor.err, Stream.ERR, environment),
            environment,
            Path.of(""));
    exit(new Cli(Commands.ofJlocal()).run(List.of(args), context));
  }

  /**
   * System.exit would look through the jar for a logger to tell, a tenth of the time of a short
   * command. What it would run besides has been done, unless a bug came in between.
   */
  private static void exit(int status) {
    if (status == ExitCode.BUG.status()) System.exit(status);
    Signals.close();
    Runtime.getRuntime().halt(status);
  }

  private static Out out(
      FileDescriptor descriptor, Stream stream, Map<String, String> environment) {
    boolean color = ColorMode.AUTO.colors(environment, Terminal.is(stream));
    return Out.utf8(new FileOutputStream(descriptor), color);
  }
}
