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
 * How many instances of each process type are wanted: {@code web=2,worker=3}.
 *
 * @param counts the number of instances of each type that was named, 0 to {@value #MAX_INSTANCES}
 * @param others how many of each type that was not named; {@code release} is never among them
 */
public record Scale(SequencedMap<ProcessType, Integer> counts, int others) {
  /** The maximum number of instances of one type; more is most likely a typing error. */
  public static final int MAX_INSTANCES = 1000;

  /** The default: one of each type but {@code release}. */
  public static final Scale ONE_OF_EACH = new Scale(new LinkedHashMap<>(), 1);

  public Scale {
    counts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(counts));
  }

  /**
   * A formation as Foreman's {@code -m} has it: {@code TYPE=N}, {@code TYPE} for one, {@code all=N}
   * for all that are not named, with commas or blanks between; a later item overrules an earlier
   * one. Unlike Foreman's, a type that is not named still runs once.
   */
  public static Reading<Scale> read(String spec) {
    return ONE_OF_EACH.change(List.of(spec), 1);
  }

  /**
   * The types of these arguments and no others, as in {@code start web worker=2}: {@code TYPE=N} so
   * many, a bare {@code TYPE} as many as this scale has of it but at least one.
   *
   * @param words in the form of {@link #read}; without any, nothing is picked out
   */
  public Reading<Scale> only(List<String> words) {
    return words.isEmpty() ? new Reading<>(this, List.of()) : change(words, 0);
  }

  /** The same without these types. */
  public Scale without(Collection<ProcessType> types) {
    var fewer = new LinkedHashMap<>(counts);
    types.forEach(type -> fewer.put(type, 0));
    return new Scale(fewer, others);
  }

  /** How many instances of a type are wanted. */
  public int of(ProcessType type) {
    return counts.getOrDefault(type, type.equals(ProcessType.RELEASE) ? 0 : others);
  }

  /** What each type of the Procfile gets, in its order. */
  public SequencedMap<ProcessType, Integer> over(Procfile procfile) {
    var all = new LinkedHashMap<ProcessType, Integer>();
    procfile.entries().keySet().forEach(type -> all.put(type, of(type)));
    return all;
  }

  /**
   * The same with what the types that get any are after: one of each that was not named.
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
   * An error for each type that was named and is not in the Procfile.
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
