package jlocal.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.config.EnvScanner.Place;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;

/**
 * The text of an env file, to be changed in place: comments, order, quotes, line ends and mark stay
 * as they are.
 *
 * @param text as it is in the file
 * @param shownAs the file as the user named it
 */
public record EnvText(String text, String shownAs) {
  /** Reads it, with the problems that {@code start} would find. */
  public static Reading<EnvText> read(byte[] bytes, String shownAs) {
    Reading<EnvFile> file = EnvFile.parse(bytes, shownAs);
    var text = new EnvText(new String(bytes, StandardCharsets.UTF_8), shownAs);
    return new Reading<>(text, file.problems());
  }

  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Names and values in the order of first assignment. */
  public SequencedMap<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    EnvFile.parse(bytes(), shownAs)
        .value()
        .assignments()
        .forEach(assignment -> values.put(assignment.name(), assignment.value()));
    return values;
  }

  /**
   * Sets a variable, where it is assigned last, else on a new last line.
   *
   * @throws UserError when the file has errors or is JSON, the value no variable can hold, or the
   *     change would change another variable
   */
  public EnvText with(String name, String value) throws UserError {
    Map<String, String> expected = values();
    if (value.equals(expected.put(name, value))) return this;
    List<Place> places = places(name);
    return checked(
        places.isEmpty() ? appended(name, value) : replaced(places.getLast(), value), expected);
  }

  /**
   * Takes out every line that assigns a variable.
   *
   * @throws UserError as {@link #with}
   */
  public EnvText without(String name) throws UserError {
    Map<String, String> expected = values();
    if (expected.remove(name) == null) return this;
    var rest = new StringBuilder(text);
    for (Place place : places(name).reversed()) {
      int from = place.from();
      while (from > 0 && !isEndOfLine(text.charAt(from - 1))) from--;
      int to = place.to();
      while (to < text.length() && !isEndOfLine(text.charAt(to))) to++;
      to += text.startsWith("\r\n", to) ? 2 : to < text.length() ? 1 : 0;
      if (from == 0 && text.startsWith("\uFEFF")) from = 1;
      rest.delete(from, to);
    }
    return checked(rest.toString(), expected);
  }

  private List<Place> places(String name) throws UserError {
    if (JsonEnv.isMeant(text)) {
      throw new UserError(
          Problem.error(shownAs, 0, "is JSON, which is not changed by config:set")
              .hint("change it with  jlocal config:edit"));
    }
    Reading<EnvText> now = read(bytes(), shownAs);
    if (now.hasErrors()) throw new UserError(now.problems());
    var scanner = new EnvScanner(text, new EnvFile.Builder(shownAs));
    scanner.scan();
    var places = new ArrayList<>(scanner.places());
    places.removeIf(place -> !place.name().equals(name));
    return places;
  }

  private String replaced(Place place, String value) {
    String written = EnvQuotes.write(value, text.substring(place.from(), place.to()));
    boolean isCommentNext = text.startsWith("#", place.to());
    return text.substring(0, place.from())
        + written
        + (isCommentNext ? " " : "")
        + text.substring(place.to());
  }

  private String appended(String name, String value) {
    String end = text.contains("\r\n") ? "\r\n" : text.contains("\n") ? "\n" : "\r";
    if (!text.contains(end)) end = "\n";
    boolean isOpen = !text.isEmpty() && !isEndOfLine(text.charAt(text.length() - 1));
    return text + (isOpen ? end : "") + name + "=" + EnvQuotes.write(value, "") + end;
  }

  private EnvText checked(String changed, Map<String, String> expected) throws UserError {
    Reading<EnvText> reading = read(changed.getBytes(StandardCharsets.UTF_8), shownAs);
    if (reading.hasErrors()) throw new UserError(reading.problems());
    if (reading.value().values().equals(expected)) return reading.value();
    throw new UserError(
        Problem.error(shownAs, 0, "cannot be changed without a change of another variable in it")
            .hint("change it with  jlocal config:edit"));
  }

  private static boolean isEndOfLine(char c) {
    return c == '\n' || c == '\r';
  }

  /** Without the text, which holds secrets. */
  @Override
  public String toString() {
    return shownAs;
  }
}
