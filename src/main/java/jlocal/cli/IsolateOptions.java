package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import jlocal.deploy.IsolatedCopy;
import jlocal.os.User;
import jlocal.plan.PlanRequest;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The meaning of {@code start --isolate}. */
record IsolateOptions(Values values) {
  private static final String ISOLATE = "--isolate";

  static OptionSpec option() {
    return Options.flagSetting(ISOLATE);
  }

  private Path copies() {
    return User.dataFolder(values.context().environment()).resolve("isolated");
  }

  /** Returns a folder for a copy of the app's files; null if not requested. */
  @Nullable IsolatedCopy copy() throws UserError {
    if (!values.is(ISOLATE)) return null;
    try {
      return IsolatedCopy.in(copies());
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Copies the app; returns the request to run in the copy. */
  PlanRequest filled(IsolatedCopy copy, PlanRequest request, Consumer<String> note)
      throws UserError {
    long begin = System.nanoTime();
    try {
      Path root = copy.fill(request.app().root());
      note.accept(copy.summary((System.nanoTime() - begin) / 1e9));
      return request.in(root);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static UserError refused(IOException failure) {
    return new UserError(
        ISOLATE + " copies what git deploys: " + failure.getMessage(),
        "in a new project:  git init  and  git add .");
  }

  /** Adds a problem for options that conflict with it. */
  void check() {
    if (!values.is(ISOLATE) || new WatchOptions(values).words().isEmpty()) return;
    values.add(
        Problem.error("--isolate and --watch exclude each other: nothing changes in a copy"));
  }

  /** Deletes the copies of killed runs, unless this run has one. */
  void clean() {
    Path all = copies();
    if (values.is(ISOLATE) || !Files.isDirectory(all)) return;
    try {
      IsolatedCopy.clean(all);
    } catch (IOException _) {
      // The app does not depend on it.
    }
  }
}
