package jlocal.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.ProcessType;

/**
 * The desired state: the counts of types, and the resulting formation. Pure.
 *
 * @param counts also of types with none
 */
record DesiredState(
    AppDefinition app, SequencedMap<ProcessType, Integer> counts, Formation formation) {

  /** Returns the state with these counts, or why they are invalid. */
  static Reading<DesiredState> of(AppDefinition app, SequencedMap<ProcessType, Integer> counts) {
    Reading<Formation> formation = app.formation(counts);
    return new Reading<>(new DesiredState(app, counts, formation.value()), formation.problems());
  }

  /** Returns the state after changes such as {@code web=3}, or why they are invalid. */
  Reading<DesiredState> scaled(List<String> changes) {
    var scaled = app.scaled(counts, changes);
    if (scaled.hasErrors()) return new Reading<>(this, scaled.problems());
    return of(app, scaled.value());
  }

  /**
   * Returns the state after the app's files have changed; a new type gets the count that a start
   * would give it.
   */
  Reading<DesiredState> revised(
      Reading<AppDefinition> read, SequencedMap<ProcessType, Integer> standard) {
    List<Problem> problems = read.problems();
    if (read.hasErrors()) return new Reading<>(this, problems);
    AppDefinition now = app.revised(read.value());
    var next = new LinkedHashMap<ProcessType, Integer>();
    standard.forEach((type, count) -> next.put(type, counts.getOrDefault(type, count)));
    return of(now, next);
  }

  /** Returns the instances that these words select; all if there are none. */
  Reading<SequencedSet<InstanceName>> select(List<String> words) {
    return InstanceSelector.select(words, formation, app);
  }

  /** Returns the changes for the words of {@code start}: a type without an instance gets one. */
  List<String> changes(List<String> words) {
    var changes = new ArrayList<String>();
    for (String word : words) {
      boolean none = isType(word) && formation.of(new ProcessType(word)).isEmpty();
      if (none) changes.add(word + "=1");
      else if (word.contains("=")) changes.add(word);
    }
    return changes;
  }

  private boolean isType(String word) {
    return app.procfile().commands().containsKey(word);
  }

  /** Returns the number of instances of each type of the Procfile. */
  SequencedMap<String, Integer> instances() {
    var all = new LinkedHashMap<String, Integer>();
    for (ProcessType type : app.procfile().entries().keySet()) {
      all.put(type.name(), formation.of(type).size());
    }
    return all;
  }
}
