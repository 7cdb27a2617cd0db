package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jlocal.config.EnvFileEditor;
import jlocal.os.CallerEnvironment;
import jlocal.os.Helper;
import jlocal.os.Launch;
import jlocal.os.PrivateFiles;
import jlocal.os.Terminal;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Opens an editor on a copy of the env file, and saves it if it has no errors. */
final class ConfigEditCommand extends SimpleCommand {
  ConfigEditCommand() {
    super("config:edit");
    withoutJson();
  }

  @Override
  List<OptionGroup> options() {
    return ConfigChange.options();
  }

  @Override
  int run(Values values, Context context) throws UserError, IOException {
    ConfigChange change = ConfigChange.of(values, context);
    EnvFileEditor before = change.first().text();
    Path folder = Files.createTempDirectory("jlocal");
    @Nullable Path copy = folder.resolve(".env");
    Files.createFile(copy, PrivateFiles.FILE);
    Files.write(copy, before.bytes());
    try {
      EnvFileEditor edited = edited(copy, before.shownAs(), context);
      if (edited.equals(before)) {
        context.err().line("nothing has changed");
        return ExitCode.DONE.status();
      }
      change.replace(edited);
      return change.apply("Updating config vars");
    } catch (UserError e) {
      if (Arrays.equals(Files.readAllBytes(copy), before.bytes())) throw e;
      context.err().line("jlocal: nothing was written; your text is in " + copy);
      copy = null;
      throw e;
    } finally {
      if (copy != null) {
        Files.delete(copy);
        Files.delete(folder);
      }
    }
  }

  /** Reopens the editor until the copy has no errors or the user gives up. */
  private static EnvFileEditor edited(Path copy, String shownAs, Context context)
      throws UserError, IOException {
    while (true) {
      int status = Helper.inTerminal(editor(copy, context));
      if (status != 0) throw new UserError(Problem.error("the editor has ended with " + status));
      Reading<EnvFileEditor> edited = EnvFileEditor.read(Files.readAllBytes(copy), shownAs);
      if (!edited.hasErrors()) {
        context.report(edited.problems());
        return edited.value();
      }
      if (!Terminal.is(Terminal.Stream.IN)) throw new UserError(edited.problems());
      context.report(edited.problems());
      if (!context.agrees("edit it again?")) {
        throw new UserError(Problem.error(shownAs, 0, "is left as it was"));
      }
    }
  }

  /** Runs the editor through a shell, since it may have arguments: {@code code --wait}. */
  private static Launch editor(Path copy, Context context) {
    String editor = context.environment().getOrDefault("VISUAL", "");
    if (editor.isEmpty()) editor = context.environment().getOrDefault("EDITOR", "");
    if (editor.isEmpty()) editor = "vi";
    var argv = List.of("/bin/sh", "-c", editor + " \"$@\"", editor, copy.toString());
    return new Launch(
        argv, context.directory().toAbsolutePath(), CallerEnvironment.restore(System.getenv()));
  }
}
