package jlocal.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import jlocal.problem.UserError;
import jlocal.releases.FilesSnapshot;
import jlocal.releases.ReleaseLog.Release;
import jlocal.text.Timestamp;

/** Lists the releases of the app, or shows the changes of one. */
final class ReleasesCommand extends SimpleCommand {

  private final boolean isOfOne;

  /** Creates one of the two commands; {@code isOfOne}: whether it shows one release. */
  ReleasesCommand(String name, boolean isOfOne) {
    super(name);
    this.isOfOne = isOfOne;
    if (isOfOne) takes("[RELEASE]", "0..1");
  }

  @Override
  List<OptionGroup> options() {
    return List.of(new OptionGroup("The app", AppOptions.fileOptions()));
  }

  @Override
  int run(Values values, Context context) throws IOException, UserError {
    var releases = new AppReleases(AppOptions.from(values).files(), context.environment());
    List<Release> all = releases.all();
    if (all.isEmpty()) {
      context.err().line("no releases yet: the first start or config:set creates one");
    } else if (isOfOne) {
      List<String> typed = values.arguments();
      Release release = typed.isEmpty() ? all.getLast() : releases.named(typed.getFirst());
      tell(release, all, context);
    } else {
      var rows = new ArrayList<List<String>>();
      all.reversed().forEach(one -> rows.add(List.of("v" + one.version(), time(one), one.what())));
      context.out().table(rows);
    }
    return ExitCode.DONE.status();
  }

  private static void tell(Release release, List<Release> all, Context context) {
    context.out().line("v" + release.version() + "  " + time(release) + "  " + release.what());
    var before =
        all.stream()
            .filter(one -> one.version() < release.version())
            .reduce((_, second) -> second)
            .map(Release::files)
            .orElseGet(() -> new FilesSnapshot("", new LinkedHashMap<>()));
    before.details(release.files()).forEach(line -> context.out().line("  " + line));
  }

  private static String time(Release release) {
    return Timestamp.DATE_AND_TIME.of(Instant.ofEpochMilli(release.at()));
  }
}
