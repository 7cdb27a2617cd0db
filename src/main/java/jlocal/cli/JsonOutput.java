package jlocal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;

/**
 * Turns the output of a command with {@code --json} into JSON: one value on standard output, and
 * one object per line for each problem on standard error. Commands without a format of their own
 * print their lines as {@code {"done":[...]}}.
 */
final class JsonOutput {
  private final Context real;
  private final boolean isOwn;
  private final Context inner;
  private final StringWriter out = new StringWriter();
  private final List<String> notes = new ArrayList<>();
  private boolean hasError;

  /** Standard error of the command: passes JSON on at once, and keeps everything else. */
  private final class Errors extends StringWriter {
    @Override
    public void flush() {
      String text = toString();
      int end = text.lastIndexOf('\n') + 1;
      getBuffer().delete(0, end);
      text.substring(0, end).lines().forEach(JsonOutput.this::said);
    }
  }

  private JsonOutput(Context real, boolean isOwn) {
    this.real = real;
    this.isOwn = isOwn;
    Out lines = isOwn ? real.out() : new Out(new PrintWriter(out), false);
    Out errors = new Out(new PrintWriter(new Errors()), false);
    inner = new Context(lines, errors, real.environment(), real.directory(), true);
  }

  /** Whether a command line requests JSON, and its command supports it. */
  static boolean isAskedFor(Cli.Invocation invocation, Commands commands) {
    Subcommand<?> command =
        invocation.command() == null ? null : commands.find(invocation.command());
    int end = invocation.args().indexOf("--");
    List<String> options = end < 0 ? invocation.args() : invocation.args().subList(0, end);
    return (command == null || command.hasJson()) && options.contains(Options.JSON);
  }

  /**
   * Runs a command and converts its output to JSON.
   *
   * @param isOwn whether the command prints JSON itself
   */
  static int run(Context real, boolean isOwn, ToIntFunction<Context> command) {
    var json = new JsonOutput(real, isOwn);
    int status = command.applyAsInt(json.inner);
    json.finish(status);
    return status;
  }

  private void said(String line) {
    if (!line.startsWith("{\"")) {
      notes.add(line);
      return;
    }
    hasError |= line.startsWith("{\"error\"");
    real.err().exact(line);
    real.err().writer().flush();
  }

  private void finish(int status) {
    inner.out().writer().flush();
    inner.err().writer().flush();
    if (!isOwn) print(out.toString().lines().toList(), status);
    if (status == 0 || hasError) return;
    String message = notes.isEmpty() ? "exit code " + status : String.join("\n", notes);
    real.err().exact(ErrorReport.json(ExitCode.name(status), message));
  }

  /** Prints the lines as JSON, unless an order has printed its result. */
  private void print(List<String> lines, int status) {
    boolean isJson = !lines.isEmpty() && lines.getFirst().startsWith("{");
    if (isJson) lines.forEach(real.out()::exact);
    else if (status == 0 || !lines.isEmpty()) {
      real.out().exact(JsonWriter.write(JsonFields.of("done", lines)));
    }
  }
}
