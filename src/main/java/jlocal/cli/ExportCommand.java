package jlocal.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import jlocal.export.ExportFolder;
import jlocal.export.ExportFolder.Change;
import jlocal.export.ExportFolder.Kind;
import jlocal.export.ExportFormat;
import jlocal.export.ExportRequest;
import jlocal.export.ExportResult;
import jlocal.export.ExportedApp;
import jlocal.os.Terminal;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the app as files for another supervisor. */
final class ExportCommand extends Subcommand<ExportOptions> {
  ExportCommand() {
    super("export");
  }

  @Override
  List<OptionGroup> options() {
    return ExportOptions.groups();
  }

  @Override
  PositionalParamSpec arguments() {
    return Options.words("FORMAT [DIR]", "1..2");
  }

  @Override
  ExportOptions read(Values values) {
    return ExportOptions.from(values);
  }

  @Override
  int run(ExportOptions options, Context context) throws UserError, IOException {
    ExportFormat format = ExportFormat.named(options.format());
    ExportRequest request = options.request(context);
    ExportedApp app = options.app(context);
    ExportResult export = format.export(app, request);
    Path folder = request.folder();
    if (folder == null) {
      print(format, export, context);
      export.notes().forEach(context.err()::line);
      return ExitCode.DONE.status();
    }
    String label = app.common().name().replace('/', '-') + "." + format.word();
    try {
      return write(new ExportFolder(folder, label), export, options, context);
    } catch (FileSystemException e) {
      String why = e instanceof AccessDeniedException ? "permission denied" : e.getReason();
      String what = "cannot be written" + (why == null ? "" : ": " + why);
      throw new UserError(Problem.error(folder.toString(), 0, what));
    }
  }

  /** Prints a single file without secrets; anything else needs a folder. */
  private static void print(ExportFormat format, ExportResult export, Context context)
      throws UserError {
    List<ExportResult.File> files = export.files();
    if (files.size() == 1 && !files.getFirst().isSecret()) {
      context.out().writer().print(files.getFirst().text());
      return;
    }
    String names = String.join(", ", files.stream().map(ExportResult.File::name).toList());
    throw new UserError(
        Problem.error(format.word() + " has " + files.size() + " files: " + names)
            .hint("name the folder they go to: jlocal export " + format.word() + " DIR"));
  }

  private static int write(
      ExportFolder folder, ExportResult export, ExportOptions options, Context context)
      throws IOException, UserError {
    List<Change> changes = folder.changes(export.files());
    changes.forEach(change -> show(change, context.out()));
    context.out().writer().flush();
    boolean isOverwritten =
        changes.stream()
            .anyMatch(each -> each.kind() == Kind.CHANGED || each.kind() == Kind.REMOVED);
    if (isOverwritten && !options.values().is(ExportOptions.YES)) {
      boolean isAsked = Terminal.is(Terminal.Stream.IN) && Terminal.is(Terminal.Stream.ERR);
      if (!isAsked) throw new UserError(Problem.error("nothing was written; use --yes"));
      if (!context.agrees("write this?")) {
        context.out().line("nothing is written");
        return ExitCode.DONE.status();
      }
    }
    folder.apply(export.files(), changes);
    export.notes().forEach(context.err()::line);
    boolean isSame = changes.stream().allMatch(each -> each.kind() == Kind.SAME);
    if (isSame) context.out().line("nothing has changed");
    else export.next().forEach(command -> context.out().line("  " + command));
    return ExitCode.DONE.status();
  }

  private static void show(Change change, Out out) {
    String what =
        switch (change.kind()) {
          case SAME -> "";
          case NEW -> "is new";
          case CHANGED -> change.lines().isEmpty() ? "changes (it has secrets)" : "changes:";
          case REMOVED -> "is removed: it is from an earlier export";
          case LEFT -> "is kept: it is from an earlier export, and was changed since";
        };
    if (!what.isEmpty()) out.line(change.name() + " " + what);
    change.lines().forEach(line -> out.line("  " + line));
  }
}
