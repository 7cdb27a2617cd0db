package jlocal.cli;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import jlocal.detect.AppSearch;
import jlocal.detect.Detection;
import jlocal.detect.InitFiles;
import jlocal.detect.InitFiles.NewFile;
import jlocal.os.Terminal;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Writes the detected Procfile, {@code .env}, and a line for it in .gitignore. */
final class InitCommand extends SimpleCommand {
  static final String YES = "--yes";

  private static final String FROM_MAIN = "--from-main";

  InitCommand() {
    super("init");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(
        new OptionGroup("The app", Options.flag(FROM_MAIN), Options.flag("-y", YES)),
        new OptionGroup("Which app", AppOptions.root()));
  }

  @Override
  int run(Values values, Context context) throws UserError {
    Path root = values.isGiven(AppOptions.ROOT) ? values.path(AppOptions.ROOT) : folder(context);
    if (values.is(FROM_MAIN)) return MainCheckoutEnv.copy(root, values.is(YES), context);
    boolean isAsked = isTerminal() && !values.is(YES);
    Detection detection =
        AppSearch.in(root.toAbsolutePath(), context.environment())
                instanceof AppSearch.One(var found)
            ? found
            : null;
    List<NewFile> files =
        InitFiles.of(
            root.toAbsolutePath(),
            detection,
            name -> isAsked ? requireNonNullElse(context.ask(name + "="), "") : "");
    show(files, detection, root, context);
    if (files.isEmpty()) {
      boolean hasProcfile = Files.exists(AppOptions.procfileIn(root));
      return (hasProcfile ? ExitCode.DONE : ExitCode.USAGE).status();
    }
    if (!isAgreed(values.is(YES), context)) return ExitCode.DONE.status();
    for (NewFile file : files) {
      try {
        write(root.resolve(file.name()), file);
      } catch (IOException e) {
        throw new UserError(Problem.error(file.name(), 0, "cannot be written: " + e.getMessage()));
      }
    }
    context.out().line("done; 'jlocal check' shows what would start");
    return ExitCode.DONE.status();
  }

  /** Returns this folder if it has an app, else the app's folder above. */
  private static Path folder(Context context) {
    Path here = context.directory();
    AppSearch search = AppSearch.in(here.toAbsolutePath(), context.environment());
    if (!(search instanceof AppSearch.Nothing)) return here;
    Path found = AppFolder.of(here, context.environment());
    if (!found.equals(here)) Cli.sayFolder(found, context);
    return found;
  }

  /** Whether the user agrees, by an option or when asked. */
  static boolean isAgreed(boolean yes, Context context) throws UserError {
    if (yes) return true;
    if (!isTerminal()) throw new UserError(Problem.error("nothing was written; use --yes"));
    boolean agreed = context.agrees("write this?");
    if (!agreed) context.out().line("nothing is written");
    return agreed;
  }

  private static boolean isTerminal() {
    return Terminal.is(Terminal.Stream.IN) && Terminal.is(Terminal.Stream.ERR);
  }

  private static void show(
      List<NewFile> files, @Nullable Detection detection, Path root, Context context) {
    for (String name : List.of(AppOptions.STANDARD, AppOptions.DEVELOPMENT, ".env")) {
      if (Files.exists(root.resolve(name))) context.out().line(name + ": is there and stays");
    }
    for (NewFile file : files) {
      String why = file.name().equals("Procfile") && detection != null ? detection.why() : "";
      String end = file.exists() ? " gets" : why.isEmpty() ? "" : " (" + why + ")";
      context.out().line(file.name() + end + ":");
      file.summary().forEach(line -> context.out().line("  " + line));
    }
    boolean hasProcfile = Files.exists(AppOptions.procfileIn(root));
    if (detection == null && !hasProcfile) {
      context.out().line("cannot detect what to run here: write a Procfile, such as  web: COMMAND");
    }
  }

  /** Writes a file, unless it has been created in the meantime. */
  private static void write(Path file, NewFile what) throws IOException {
    if (what.exists()) {
      Files.writeString(file, what.text(), StandardOpenOption.APPEND);
      return;
    }
    if (what.name().equals(".env")) {
      var owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
      Files.writeString(file, what.text());
    } else {
      Files.writeString(file, what.text(), StandardOpenOption.CREATE_NEW);
    }
  }
}
