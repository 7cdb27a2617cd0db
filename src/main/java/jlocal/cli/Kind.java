package jlocal.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jlocal.formation.Scale;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;

/**
 * What an option takes.
 *
 * @param label stands for it in help texts: {@code N}, {@code FILE}
 * @param words all it can be, for completion; empty when that is not a list
 * @param reader how a text becomes a value
 */
record Kind<T>(String label, List<String> words, Reader<T> reader) {

  /** How a text becomes a value. */
  @FunctionalInterface
  interface Reader<T> {
    /**
     * The value of a text.
     *
     * @param base what a relative file name is relative to
     */
    T read(String text, Path base) throws BadValue;
  }

  static final Kind<Boolean> FLAG = new Kind<>("", List.of(), (text, _) -> yesOrNo(text));
  static final Kind<String> TEXT = new Kind<>("ADDR", List.of(), (text, _) -> text);
  static final Kind<Path> FILE = new Kind<>("FILE", List.of(), (text, base) -> base.resolve(text));
  static final Kind<Path> DIRECTORY =
      new Kind<>("DIR", List.of(), (text, base) -> base.resolve(text));
  static final Kind<Path> PROGRAM =
      new Kind<>("FILE", List.of(), (text, base) -> program(text, base));
  static final Kind<List<Path>> FILES =
      new Kind<>("FILE,...", List.of(), (text, base) -> files(text, base));
  static final Kind<Duration> SECONDS =
      new Kind<>("SECONDS", List.of(), (text, _) -> seconds(text));
  static final Kind<SequencedSet<ProcessType>> TYPES =
      new Kind<>("TYPE,...", List.of(), (text, _) -> types(text));
  static final Kind<Scale> SCALE = new Kind<>("TYPE=N,...", List.of(), (text, _) -> scale(text));

  private static final Pattern SECONDS_TEXT = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,3})?");

  /** A whole number of a range. */
  static Kind<Integer> number(int least, int most) {
    return new Kind<>("N", List.of(), (text, _) -> number(text, least, most));
  }

  /** One of the constants, written in lower case: {@code on-crash}. */
  static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    List<String> words = constants.stream().map(Kind::word).toList();
    return new Kind<>(
        String.join("|", words), words, (text, _) -> constants.get(index(text, words)));
  }

  /** The same under another label. */
  Kind<T> labelled(String other) {
    return new Kind<>(other, words, reader);
  }

  /** The same, reading a text by another rule first. */
  Kind<T> or(Reader<T> other) {
    return new Kind<>(label, words, other);
  }

  /** Whether a file name completes it. */
  boolean isFile() {
    return label.startsWith("FILE") || label.equals("DIR");
  }

  /** Whether giving it twice means both, as if with a comma between. */
  boolean isList() {
    return label.endsWith("...");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int index(String text, List<String> words) throws BadValue {
    int index = words.indexOf(text.toLowerCase(Locale.ROOT));
    if (index >= 0) return index;
    String near = Nearest.of(text, words);
    String meant = near == null ? "" : "; did you mean '" + near + "'?";
    throw bad(text, "is none of " + String.join(", ", words) + meant);
  }

  private static boolean yesOrNo(String text) throws BadValue {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw bad(text, "is neither true nor false");
    };
  }

  private static int number(String text, int least, int most) throws BadValue {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException _) {
      // said below, as for a number out of the range
    }
    throw bad(text, "is not a number from " + least + " to " + most);
  }

  private static Duration seconds(String text) throws BadValue {
    if (!SECONDS_TEXT.matcher(text).matches()) {
      throw bad(text, "is not a number of seconds, such as 5 or 0.5");
    }
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
  }

  /** A bare name is not a file of the folder: it is looked up in PATH. */
  private static Path program(String text, Path base) {
    return text.contains("/") ? base.resolve(text) : Path.of(text);
  }

  private static List<Path> files(String text, Path base) {
    return items(text).stream().map(base::resolve).toList();
  }

  private static SequencedSet<ProcessType> types(String text) throws BadValue {
    var types = new LinkedHashSet<ProcessType>();
    for (String name : items(text)) {
      if (!ProcessType.isName(name)) throw bad(name, "is not a process type, such as web");
      types.add(new ProcessType(name));
    }
    return Collections.unmodifiableSequencedSet(types);
  }

  private static Scale scale(String text) throws BadValue {
    var scale = Scale.read(text);
    if (scale.hasErrors()) {
      throw new BadValue(
          scale.problems().stream().map(Problem::what).collect(Collectors.joining("; ")));
    }
    return scale.value();
  }

  private static List<String> items(String text) {
    var items = new ArrayList<String>();
    for (String item : text.split(",", -1)) {
      if (!item.isBlank()) items.add(item.strip());
    }
    return items;
  }

  private static BadValue bad(String text, String what) {
    return new BadValue("'" + Printable.of(text) + "' " + what);
  }
}
