package jlocal.cli;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jlocal.mcp.McpServer;
import jlocal.mcp.McpServer.Printed;

/** Serves coding agents with the Model Context Protocol; its tools are the other commands. */
final class McpCommand extends Subcommand<Values> {
  private static final String READ_ONLY = "--read-only";
  private static final String ALLOW_START = "--allow-start";

  McpCommand() {
    super("mcp");
  }

  @Override
  boolean hasJson() {
    return false;
  }

  @Override
  List<OptionGroup> options() {
    return List.of(
        new OptionGroup("Tools", Options.flag(READ_ONLY), Options.flag(ALLOW_START)),
        new OptionGroup("Which app", AppOptions.procfile(), AppOptions.root()));
  }

  @Override
  Values read(Values values) {
    return values;
  }

  @Override
  int run(Values values, Context context) throws IOException {
    var out = new FileOutputStream(FileDescriptor.out);
    String version = VersionCommand.line().replaceFirst("^jlocal ", "");
    new McpServer(values.is(READ_ONLY), version, words -> run(words, values, context), out)
        .serve(System.in);
    return ExitCode.DONE.status();
  }

  /** Runs a command for the app of this server, as if it had been typed. */
  private static Printed run(List<String> words, Values values, Context context) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var inner =
        new Context(
            Out.utf8(out, false), Out.utf8(err, false), context.environment(), context.directory());
    if (words.getFirst().equals("start") && !values.is(ALLOW_START) && !isRunning(values, inner)) {
      return new Printed(
          ExitCode.NOT_RUNNING.status(),
          "",
          "the app is not running, and this server may not start it: ask the person for"
              + " 'jlocal start', or for 'jlocal mcp --allow-start'");
    }
    var line = new ArrayList<>(words);
    for (String option : List.of(AppOptions.PROCFILE, AppOptions.ROOT)) {
      if (values.isOnCommandLine(option)) line.add(1, option + "=" + values.text(option));
    }
    int status = new Cli(new Commands()).run(line, inner);
    return new Printed(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static boolean isRunning(Values values, Context context) {
    try {
      return new AppClient(AppOptions.from(values), context).isRunning();
    } catch (IOException _) {
      return false;
    }
  }
}
