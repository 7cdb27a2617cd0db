package jlocal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import jlocal.formation.AppSettings;
import jlocal.formation.StartOrderReader;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.Directive;
import jlocal.procfile.Procfile;

/**
 * Reads the settings file for the plan of an app, at its start and at each reload.
 *
 * @param folder of the file
 * @param directory the base of relative folders: that of the file, or a copy of it
 * @param isWatched whether files are watched, and the watcher reads its own settings
 * @param isMeasured whether memory is measured, so that new quotas are applied
 */
record AppSettingsReader(Path folder, Path directory, boolean isWatched, boolean isMeasured) {
  private static final String QUOTA = MetricsOptions.KEY + ".";

  Reading<AppSettings> read(Procfile procfile) {
    var file = SettingsFile.in(folder);
    if (file == null) return Reading.of(AppSettings.NONE);
    var problems = new ArrayList<>(file.problems().stream().filter(Problem::isError).toList());
    List<Settings.Entry> entries = file.value().reversed();
    var order = new ArrayList<StartOrderReader.Setting>();
    var others = new TreeMap<String, String>();
    for (Settings.Entry entry : entries) {
      String[] key = entry.key().split("\\.", 2);
      if (key.length == 2) unknownType(key[1], entry, procfile, problems);
      Directive.Key directive = key.length == 2 ? Directive.Key.of(key[0]) : null;
      if (directive != null) {
        var said = new Directive(directive, entry.text(), entry.origin());
        order.add(new StartOrderReader.Setting(key[1], said));
      } else if (key.length == 1 || !TypeOptions.isOfProcess(key[0])) {
        others.merge(entry.key(), entry.text(), (one, two) -> one + "\n" + two);
      }
    }
    if (isWatched) others.keySet().removeIf(key -> key.equals("watch") || key.startsWith("watch."));
    var beside = new TreeMap<String, String>();
    if (isMeasured) beside.putAll(others.subMap(QUOTA, QUOTA + Character.MAX_VALUE));
    others.keySet().removeAll(beside.keySet());
    var types = TypeOptions.read(entries, directory, problems::add);
    return new Reading<>(new AppSettings(order, types, beside, others), problems);
  }

  private static void unknownType(
      String type, Settings.Entry entry, Procfile procfile, List<Problem> problems) {
    if (procfile.commands().containsKey(type)) return;
    String near = Nearest.hint(type, procfile.commands().keySet());
    String what = "there is no type '" + Printable.of(type) + "'" + near;
    problems.add(entry.origin().error(entry.key(), what));
  }
}
