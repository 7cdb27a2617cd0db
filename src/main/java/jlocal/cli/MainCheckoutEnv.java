package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import jlocal.config.MainCheckout;
import jlocal.os.PrivateFiles;
import jlocal.plan.AppFiles;
import jlocal.plan.PlanRequest;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** The env files of the main checkout, which a new git worktree lacks. */
final class MainCheckoutEnv {
  private static final List<String> IGNORED_BY_GIT =
      List.of(AppFiles.DEFAULT_ENV, ".env.local", ".env.development.local");

  private MainCheckoutEnv() {}

  /** Returns a hint about a missing {@code .env}; null if it exists or cannot be copied. */
  static @Nullable String hint(PlanRequest.App app) {
    if (Files.exists(app.root().resolve(AppFiles.DEFAULT_ENV))) return null;
    Path main = MainCheckout.counterpart(app.root().toAbsolutePath().normalize());
    Path env = main == null ? null : main.resolve(AppFiles.DEFAULT_ENV);
    if (env == null || !Files.exists(env)) return null;
    return "this worktree has no .env: 'jlocal init --from-main' copies " + env;
  }

  /** Copies the files that are missing here, after listing them. */
  static int copy(Path folder, boolean yes, Context context) throws UserError {
    Path root = folder.toAbsolutePath().normalize();
    Path main = MainCheckout.counterpart(root);
    if (main == null) {
      throw new UserError("this folder is not in a git worktree", "'git worktree list' shows them");
    }
    List<String> missing =
        IGNORED_BY_GIT.stream()
            .filter(name -> Files.isRegularFile(main.resolve(name)))
            .filter(name -> !Files.exists(root.resolve(name)))
            .toList();
    missing.forEach(name -> context.out().line(name + ": a copy of " + main.resolve(name)));
    if (missing.isEmpty()) context.out().line("nothing to copy from " + main);
    if (missing.isEmpty() || !InitCommand.isAgreed(yes, context)) return ExitCode.DONE.status();
    for (String name : missing) {
      try {
        Path copy = Files.createFile(root.resolve(name), PrivateFiles.FILE);
        Files.write(copy, Files.readAllBytes(main.resolve(name)), StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new UserError(Problem.error(name, 0, "cannot be copied: " + e.getMessage()));
      }
    }
    context.out().line("done; 'jlocal check' shows what would start");
    return ExitCode.DONE.status();
  }
}
