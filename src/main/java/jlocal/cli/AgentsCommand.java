package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import jlocal.mcp.AgentFiles;
import jlocal.mcp.AgentFiles.AgentFile;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** Prints the instructions for coding agents, or writes them into the project. */
final class AgentsCommand extends Subcommand<Values> {
  private static final String WRITE = "--write";

  AgentsCommand() {
    super("agents");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(
        new OptionGroup("Files", Options.flag(WRITE), Options.flag("-y", InitCommand.YES)),
        new OptionGroup("Which app", AppOptions.root()));
  }

  @Override
  Values read(Values values) {
    return values;
  }

  @Override
  int run(Values values, Context context) throws IOException, UserError {
    if (!values.is(WRITE)) {
      AgentFiles.all().forEach(file -> show(file, context.out()));
      return ExitCode.DONE.status();
    }
    Path root = values.isGiven(AppOptions.ROOT) ? values.path(AppOptions.ROOT) : values.appFolder();
    List<AgentFile> missing = AgentFiles.missingIn(root.toAbsolutePath());
    missing.forEach(file -> show(file, context.out()));
    context.out().writer().flush();
    if (missing.isEmpty()) context.out().line("nothing is missing");
    else if (InitCommand.isAgreed(values.is(InitCommand.YES), context))
      write(missing, root, context);
    return ExitCode.DONE.status();
  }

  private static void show(AgentFile file, Out out) {
    out.line(file.path() + (file.exists() ? " gets" : "") + " (" + file.clients() + "):");
    file.text().lines().forEach(line -> out.line(line.isEmpty() ? "" : "  " + line));
    out.line("");
  }

  private static void write(List<AgentFile> files, Path root, Context context) throws UserError {
    for (AgentFile file : files) {
      var how = file.exists() ? StandardOpenOption.APPEND : StandardOpenOption.CREATE_NEW;
      try {
        Files.writeString(root.resolve(file.path()), file.text(), how, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new UserError(
            Problem.error(file.path().toString(), 0, "cannot be written: " + e.getMessage()));
      }
      context.out().line("wrote " + file.path());
    }
  }
}
