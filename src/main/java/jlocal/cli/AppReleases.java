package jlocal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.os.User;
import jlocal.plan.PlanRequest;
import jlocal.problem.Printable;
import jlocal.problem.UserError;
import jlocal.releases.FilesSnapshot;
import jlocal.releases.ReleaseLog;
import jlocal.releases.ReleaseLog.Release;

/** The releases of the selected app. */
record AppReleases(PlanRequest.App app, Map<String, String> environment) {
  private ReleaseLog log() {
    Path folder = User.dataFolder(environment).resolve("releases");
    return new ReleaseLog(folder, app.key().root() + "\0" + app.key().procfile());
  }

  FilesSnapshot now() {
    return FilesSnapshot.of(app.procfile(), app.allEnvFiles());
  }

  /**
   * Records the files as a release, if they have changed.
   *
   * @param what the description; empty to list the changes
   * @return the number of their release
   */
  long record(String what) throws IOException {
    return log().record(now(), what, what.isEmpty() ? "first known state" : what);
  }

  /** Records a release, and ignores failures. */
  void recordQuietly(String what) {
    try {
      var _ = record(what);
    } catch (IOException _) {
      // The app does not depend on it.
    }
  }

  /** Returns all releases, the oldest first. */
  List<Release> all() throws IOException {
    return log().releases();
  }

  /**
   * Returns a release.
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
