package jlocal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.formation.Scale;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;

/** How many of which process types: {@code start web -m web=2}. */
final class ScaleOptions {
  /** What nf takes after {@code -x}. */
  private static final Pattern PORTS = Pattern.compile("([0-9]+)(,[0-9]+)*");

  static final Option<Scale> FORMATION =
      Option.of(
              "-m, --formation",
              Kind.SCALE.or(ScaleOptions::formation),
              "",
              "how many of each type; all=N for the others, 0 leaves one out (default: one of"
                  + " each)")
          .also("-c, --concurrency, --scale");
  static final Option<SequencedSet<ProcessType>> EXCEPT =
      Option.of("-x, --except", Kind.TYPES.or(ScaleOptions::except), "", "all types but these");

  static final List<Option<?>> OPTIONS = List.of(FORMATION, EXCEPT);

  private ScaleOptions() {}

  /**
   * The scale that is asked for. Types named as arguments pick out those alone; {@code -m} says how
   * many; {@code -x} holds for what is not picked out by name.
   */
  static Scale from(Settings settings, List<String> words) {
    Scale scale = settings.get(FORMATION);
    SequencedSet<ProcessType> except = settings.get(EXCEPT);
    var picked = scale.only(words);
    settings.addAll(picked.problems());
    if (words.isEmpty()) return scale.without(except);
    if (settings.isOnCommandLine(EXCEPT)) {
      picked.value().counts().keySet().stream()
          .filter(except::contains)
          .forEach(type -> settings.add(contradiction(type)));
    }
    return picked.value();
  }

  private static Problem contradiction(ProcessType type) {
    return Problem.error("'" + type + "' is both asked for and left out by --except");
  }

  /**
   * A bare name is what other runners start alone, or what they let die; here it changes nothing.
   */
  private static Scale formation(String text, Path base) throws BadValue {
    for (String item : text.split("[,\\s]+", -1)) {
      if (!ProcessType.isName(item)) continue;
      throw new BadValue(
          "'%s' is not TYPE=N, such as %1$s=2; to start it alone say  jlocal start %1$s; Overmind's -c is --can-die"
              .formatted(item));
    }
    return Kind.SCALE.reader().read(text, base);
  }

  private static SequencedSet<ProcessType> except(String text, Path base) throws BadValue {
    Matcher ports = PORTS.matcher(text);
    if (ports.matches()) {
      throw new BadValue(
          "'%s' is not a process type; for nf's proxy say --proxy-port %s"
              .formatted(text, ports.group(1)));
    }
    return Kind.TYPES.reader().read(text, base);
  }
}
