package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.os.BrokenPipe;
import jlocal.os.CallerEnvironment;
import jlocal.os.Fifo;
import jlocal.os.Signals;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.terminal.When;
import org.jspecify.annotations.Nullable;

/** The program's entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Map<String, String> environment = CallerEnvironment.environment();
    var stdout = new CheckedStream(new FileOutputStream(FileDescriptor.out));
    var context =
        new Context(
            out(stdout, Stream.OUT, environment).with(Main::stdout),
            out(new FileOutputStream(FileDescriptor.err), Stream.ERR, environment),
            environment,
            Path.of(""));
    int status = new Cli(new Commands()).run(List.of(args), context);
    exit(stdout.failure == null ? status : outputFailed(stdout.failure, status, context));
  }

  private static WritableByteChannel stdout() {
    return new FileOutputStream(FileDescriptor.out).getChannel();
  }

  /** Reports a failed write, such as a full disk; a reader that has gone is no error. */
  private static int outputFailed(IOException failure, int status, Context context) {
    if (BrokenPipe.is(failure)) return status;
    context.err().line("jlocal: cannot write to standard output: " + failure.getMessage());
    return status == ExitCode.DONE.status() ? ExitCode.CRASHED.status() : status;
  }

  /** Keeps the first write error, which a PrintWriter does not report. */
  private static final class CheckedStream extends FilterOutputStream {
    private @Nullable IOException failure;

    CheckedStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        if (failure == null) failure = e;
      }
    }
  }

  /**
   * Exits at once. System.exit would search the jar for a logger, a tenth of the time of a short
   * command. Nothing else is left to run, except after a bug.
   */
  private static void exit(int status) {
    Fifo.deleteAll();
    if (status == ExitCode.BUG.status()) System.exit(status);
    Signals.close();
    Runtime.getRuntime().halt(status);
  }

  private static Out out(OutputStream to, Stream stream, Map<String, String> environment) {
    boolean color = When.AUTO.colors(environment, Terminal.is(stream));
    return Out.utf8(to, color);
  }
}
