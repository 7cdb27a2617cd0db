package jlocal.formation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;

/**
 * A change by {@code jlocal scale}, in Heroku's grammar: {@code web=3}, {@code web+1}, {@code
 * web-1}.
 *
 * @param operator {@code =}, {@code +} or {@code -}
 */
record ScaleChange(ProcessType type, char operator, int number) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]+)([=+-])([0-9]{1,9})");
  private static final Pattern SIZED = Pattern.compile(FORM + ":[\\w-]+");

  /**
   * Applies changes one after the other, and returns the new counts.
   *
   * @param words as typed
   * @param counts the current counts by type
   */
  static Reading<SequencedMap<ProcessType, Integer>> all(
      List<String> words, SequencedMap<ProcessType, Integer> counts, Procfile procfile) {
    var problems = new ArrayList<Problem>();
    var changed = new LinkedHashMap<>(counts);
    for (String word : ScaleItem.split(words).stream().map(ScaleItem::text).toList()) {
      Matcher parts = FORM.matcher(word);
      if (!parts.matches()) {
        problems.add(notAChange(word));
        continue;
      }
      var change =
          new ScaleChange(
              new ProcessType(parts.group(1)),
              parts.group(2).charAt(0),
              Integer.parseInt(parts.group(3)));
      change.apply(changed, procfile, problems);
    }
    return new Reading<>(changed, problems);
  }

  private static Problem notAChange(String word) {
    String shown = "'" + Printable.of(word) + "'";
    return SIZED.matcher(word).matches()
        ? Problem.error(shown + " sets a dyno size, which has no effect here")
        : Problem.error(shown + " is not TYPE=N, TYPE+N or TYPE-N, such as web=2");
  }

  private void apply(
      SequencedMap<ProcessType, Integer> counts, Procfile procfile, List<Problem> problems) {
    if (!procfile.entries().containsKey(type)) {
      problems.add(procfile.noSuchType(type.name(), "Procfile"));
      return;
    }
    int before = counts.getOrDefault(type, 0);
    int after =
        switch (operator) {
          case '+' -> before + number;
          case '-' -> before - number;
          default -> number;
        };
    if (after < 0) problems.add(Problem.error("%s has only %d".formatted(type, before)));
    else if (after > Scale.MAX_INSTANCES)
      problems.add(Problem.error("more than %d of %s".formatted(Scale.MAX_INSTANCES, type)));
    else counts.put(type, after);
  }
}
