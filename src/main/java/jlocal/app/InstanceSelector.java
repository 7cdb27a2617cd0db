package jlocal.app;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.ProcessType;

/** Selects instances by the words of an order, {@code web} or {@code web.2}. Pure. */
final class InstanceSelector {
  private final Formation formation;
  private final AppDefinition app;
  private final SequencedSet<InstanceName> found = new LinkedHashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  private InstanceSelector(Formation formation, AppDefinition app) {
    this.formation = formation;
    this.app = app;
  }

  /** Returns the selected instances; all if there are no words. */
  static Reading<SequencedSet<InstanceName>> select(
      List<String> words, Formation formation, AppDefinition app) {
    var selector = new InstanceSelector(formation, app);
    if (words.isEmpty()) selector.found.addAll(formation.specs().keySet());
    words.forEach(selector::add);
    return new Reading<>(selector.found, selector.problems);
  }

  private void add(String word) {
    int before = found.size();
    var meant = formation.specs().keySet().stream().filter(name -> means(word, name)).toList();
    found.addAll(meant);
    if (meant.isEmpty() && found.size() == before) problems.add(unknown(word));
  }

  private static boolean means(String word, InstanceName name) {
    return word.equals(name.type().name()) || word.equals(name.toString());
  }

  private Problem unknown(String word) {
    String type = word.contains(".") ? word.substring(0, word.indexOf('.')) : word;
    if (app.procfile().commands().containsKey(type)) return notThere(word, new ProcessType(type));
    var names = new LinkedHashSet<>(app.procfile().commands().keySet());
    formation.specs().keySet().forEach(name -> names.add(name.toString()));
    String meant = Nearest.hint(word, names);
    var problem = Problem.error("there is no '" + Printable.of(word) + "' in this app" + meant);
    return meant.isEmpty() ? problem.hint("'jlocal ps' lists the processes") : problem;
  }

  private Problem notThere(String word, ProcessType type) {
    int count = formation.of(type).size();
    String there =
        switch (count) {
          case 0 -> type + " has no instances";
          case 1 -> type + " has one instance, " + type + ".1";
          default -> "%s has %d instances, %s.1 to %s.%d".formatted(type, count, type, type, count);
        };
    String what =
        word.equals(type.name()) ? there : "there is no " + Printable.of(word) + ": " + there;
    return Problem.error(what).hint("'jlocal scale %s+1' adds one".formatted(type));
  }
}
