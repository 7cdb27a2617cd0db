package jlocal.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.releases.ReleaseLog.Release;

/** Restores the env files of an earlier release. */
final class RollbackCommand extends SimpleCommand {
  private static final String WITH_PROCFILE = "--with-procfile";

  RollbackCommand() {
    super("rollback", "releases:rollback");
    takes("[RELEASE]", "0..1");
  }

  @Override
  List<OptionGroup> options() {
    var groups = new ArrayList<>(ConfigChange.options());
    groups.addFirst(new OptionGroup("What", Options.flag(WITH_PROCFILE)));
    return groups;
  }

  @Override
  int run(Values values, Context context) throws IOException, UserError {
    ConfigChange change = ConfigChange.of(values, context);
    AppReleases releases = change.releases();
    var _ = releases.record(""); // Manual changes can be restored as well.
    Release to = target(values.arguments(), releases);
    change.replaceAll(to.files());
    String procfile = to.files().procfile();
    if (values.is(WITH_PROCFILE) && !procfile.isEmpty()) {
      change.replaceProcfile(releases.app().procfile(), procfile);
    }
    return change.apply("Rolling back", "to v" + to.version(), "rollback to v" + to.version());
  }

  private static Release target(List<String> typed, AppReleases releases)
      throws IOException, UserError {
    if (!typed.isEmpty()) return releases.named(typed.getFirst());
    List<Release> all = releases.all();
    if (all.size() < 2) throw new UserError(Problem.error("there is no earlier release"));
    return all.get(all.size() - 2);
  }
}
