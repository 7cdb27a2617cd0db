package jlocal.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.ProcessType;

/**
 * What should run at the moment: how many of each type, and the formation that comes of it.
 *
 * @param counts also of types with none
 */
record Course(
    AppDefinition blueprint, SequencedMap<ProcessType, Integer> counts, Formation formation) {

  /** So many of each; or why that cannot be. */
  static Reading<Course> of(AppDefinition blueprint, SequencedMap<ProcessType, Integer> counts) {
    Reading<Formation> formation = blueprint.formation(counts);
    return new Reading<>(new Course(blueprint, counts, formation.value()), formation.problems());
  }

  /** After changes such as {@code web=3} and {@code web+1}; or why that cannot be. */
  Reading<Course> scaled(List<String> changes) {
    var scaled = blueprint.scaled(counts, changes);
    if (scaled.hasErrors()) return new Reading<>(this, scaled.problems());
    return of(blueprint, scaled.value());
  }

  /** After the app's files have changed; a new type gets as many as its start would give it. */
  Reading<Course> revised(
      Reading<AppDefinition> read, SequencedMap<ProcessType, Integer> standard) {
    List<Problem> problems = read.problems();
    if (read.hasErrors()) return new Reading<>(this, problems);
    AppDefinition now = blueprint.revised(read.value().procfile(), read.value().vars());
    var next = new LinkedHashMap<ProcessType, Integer>();
    standard.forEach((type, count) -> next.put(type, counts.getOrDefault(type, count)));
    return of(now, next);
  }
}
