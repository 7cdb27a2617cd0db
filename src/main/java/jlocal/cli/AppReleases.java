package jlocal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.os.User;
import jlocal.plan.PlanRequest;
import jlocal.problem.Printable;
import jlocal.problem.UserError;
import jlocal.releases.Ledger;
import jlocal.releases.Ledger.Release;
import jlocal.releases.Snapshot;

/** The releases of the app that is meant. */
record AppReleases(PlanRequest.App app, Map<String, String> environment) {
  private Ledger ledger() {
    Path folder = User.dataFolder(environment).resolve("releases");
    return new Ledger(folder, app.key().root() + "\0" + app.key().procfile());
  }

  Snapshot now() {
    return Snapshot.of(app.procfile(), app.allEnvFiles());
  }

  /**
   * Notes what the files are, if it is new.
   *
   * @param what is said of it; empty for what has changed
   * @return the number of the release they are
   */
  long record(String what) throws IOException {
    return ledger().record(now(), what, what.isEmpty() ? "first known state" : what);
  }

  /** The same for something that goes on without a ledger. */
  void recordQuietly(String what) {
    try {
      var _ = record(what);
    } catch (IOException _) {
      // Nothing that the app does depends on it.
    }
  }

  /** All, the oldest first. */
  List<Release> all() throws IOException {
    return ledger().releases();
  }

  /**
   * One of them.
   *
   * @param typed {@code v7} or {@code 7}
   */
  Release named(String typed) throws IOException, UserError {
    for (Release release : all()) {
      if (typed.equals("v" + release.version()) || typed.equals("" + release.version())) {
        return release;
      }
    }
    throw new UserError(
        "there is no release " + Printable.of(typed), "'jlocal releases' lists them");
  }
}
