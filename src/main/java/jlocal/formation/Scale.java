package jlocal.formation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;

/**
 * The number of instances of each process type: {@code web=2,worker=3}.
 *
 * @param counts of the types that were named, 0 to {@value #MAX_INSTANCES}
 * @param others of each type that was not named, except {@code release}
 */
public record Scale(SequencedMap<ProcessType, Integer> counts, int others) {
  /** The maximum number of instances of a type; more is most likely a typing error. */
  public static final int MAX_INSTANCES = 1000;

  /** The default: one instance of each type but {@code release}. */
  public static final Scale ONE_OF_EACH = new Scale(new LinkedHashMap<>(), 1);

  public Scale {
    counts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(counts));
  }

  /**
   * Parses a formation like Foreman's {@code -m}: {@code TYPE=N}, {@code TYPE} for one, {@code
   * all=N} for all types not named, separated by commas or blanks; later items overrule earlier
   * ones. Unlike with Foreman, types that are not named run once.
   */
  public static Reading<Scale> read(String spec) {
    return ONE_OF_EACH.change(List.of(spec), 1);
  }

  /**
   * Restricts this scale to the types named, as in {@code start web worker=2}: {@code TYPE=N} sets
   * the count, a bare {@code TYPE} keeps it but is at least one.
   *
   * @param words in the form of {@link #read}; if empty, this scale is returned
   */
  public Reading<Scale> only(List<String> words) {
    return words.isEmpty() ? new Reading<>(this, List.of()) : change(words, 0);
  }

  public Scale without(Collection<ProcessType> types) {
    var fewer = new LinkedHashMap<>(counts);
    types.forEach(type -> fewer.put(type, 0));
    return new Scale(fewer, others);
  }

  /** Returns the number of instances of a type. */
  public int of(ProcessType type) {
    return counts.getOrDefault(type, type.equals(ProcessType.RELEASE) ? 0 : others);
  }

  /** Returns the count of each type of the Procfile, in its order. */
  public SequencedMap<ProcessType, Integer> over(Procfile procfile) {
    var all = new LinkedHashMap<ProcessType, Integer>();
    procfile.entries().keySet().forEach(type -> all.put(type, of(type)));
    return all;
  }

  /**
   * Like {@link #over(Procfile)}, with one instance of each type that a running type depends on,
   * unless it was named.
   *
   * @return in the order of the Procfile
   */
  public SequencedMap<ProcessType, Integer> over(Procfile procfile, StartOrder order) {
    var all = new LinkedHashMap<>(over(procfile));
    for (ProcessType type : order.isFlat() ? List.<ProcessType>of() : List.copyOf(all.keySet())) {
      if (of(type) == 0) continue;
      for (ProcessType before : order.prerequisites(type)) {
        if (!counts.containsKey(before)) all.merge(before, 1, Math::max);
      }
    }
    return all;
  }

  /**
   * Returns an error for each named type that is not in the Procfile.
   *
   * @param shownAs the Procfile as the user named it
   */
  public List<Problem> unknownTypes(Procfile procfile, String shownAs) {
    return counts.keySet().stream()
        .filter(type -> !procfile.entries().containsKey(type))
        .map(type -> procfile.noSuchType(type.name(), shownAs))
        .toList();
  }

  private Reading<Scale> change(List<String> specs, int unnamed) {
    var problems = new ArrayList<Problem>();
    var named = new LinkedHashMap<ProcessType, Integer>();
    int rest = unnamed;
    for (ScaleItem item : ScaleItem.split(specs)) {
      Problem problem = item.problem();
      if (problem != null) problems.add(problem);
      else if (item.isAll()) rest = item.countOr(Math.max(1, others));
      else named.put(item.type(), item.countOr(Math.max(1, of(item.type()))));
    }
    return new Reading<>(new Scale(named, rest), problems);
  }
}
