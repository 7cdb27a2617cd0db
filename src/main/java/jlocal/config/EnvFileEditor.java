package jlocal.config;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import jlocal.config.EnvScanner.Place;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The text of an env file, edited in place: comments, order, quotes, line ends and byte order mark
 * are kept.
 *
 * @param shownAs the file as the user named it
 */
public record EnvFileEditor(String text, String shownAs) {
  /** Reads the text, with the problems that {@code start} would report. */
  public static Reading<EnvFileEditor> read(byte[] bytes, String shownAs) {
    Reading<EnvFile> file = EnvFile.parse(bytes, shownAs);
    var text = new EnvFileEditor(new String(bytes, StandardCharsets.UTF_8), shownAs);
    return new Reading<>(text, file.problems());
  }

  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns names and values in the order of first assignment. */
  public SequencedMap<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    EnvFile.parse(bytes(), shownAs)
        .value()
        .assignments()
        .forEach(assignment -> values.put(assignment.name(), assignment.value()));
    return values;
  }

  /**
   * Sets variables where they are last assigned, or else on a new last line, and removes all
   * assignments of those whose value is null.
   *
   * @throws UserError if the file has errors or is JSON, a value is invalid, or the edit would
   *     change another variable
   */
  public EnvFileEditor with(Map<String, ? extends @Nullable String> changes) throws UserError {
    Map<String, String> expected = values();
    var todo = new LinkedHashMap<String, @Nullable String>();
    changes.forEach((name, value) -> {
      String before = value == null ? expected.remove(name) : expected.put(name, value);
      if (!Objects.equals(before, value)) todo.put(name, value);
    });
    if (todo.isEmpty()) return this;
    var lastPlaces = new HashMap<String, Place>();
    List<Place> places = places();
    places.forEach(place -> lastPlaces.put(place.name(), place));
    var changed = new StringBuilder();
    int at = 0;
    for (Place place : places) {
      if (!todo.containsKey(place.name())) continue;
      String value = todo.get(place.name());
      if (value == null) {
        changed.append(text, at, beginOfLine(place.from()));
        at = nextLine(place.to());
      } else if (place.equals(lastPlaces.get(place.name()))) {
        changed.append(text, at, place.from()).append(written(value, place));
        at = place.to();
      }
    }
    changed.append(text, at, text.length());
    todo.forEach((name, value) -> {
      if (value != null && !lastPlaces.containsKey(name)) append(name, value, changed);
    });
    return checked(changed.toString(), expected);
  }

  private int beginOfLine(int at) {
    int from = at;
    while (from > 0 && !isEndOfLine(text.charAt(from - 1))) from--;
    return from == 0 && text.startsWith("\uFEFF") ? 1 : from;
  }

  private int nextLine(int at) {
    int to = at;
    while (to < text.length() && !isEndOfLine(text.charAt(to))) to++;
    return to + (text.startsWith("\r\n", to) ? 2 : to < text.length() ? 1 : 0);
  }

  private List<Place> places() throws UserError {
    if (JsonEnv.isJson(text)) {
      throw new UserError(
          Problem.error(shownAs, 0, "is JSON, which is not changed by config:set")
              .hint("change it with  jlocal config:edit"));
    }
    read(bytes(), shownAs).orThrow();
    var scanner = new EnvScanner(text, new EnvFile.Builder(shownAs));
    scanner.scan();
    return scanner.places();
  }

  private String written(String value, Place place) {
    String written = EnvQuoting.write(value, text.substring(place.from(), place.to()));
    return written + (text.startsWith("#", place.to()) ? " " : "");
  }

  private void append(String name, String value, StringBuilder to) {
    String end = text.contains("\r\n") ? "\r\n" : text.contains("\n") ? "\n" : "\r";
    if (!text.contains(end)) end = "\n";
    if (!to.isEmpty() && !isEndOfLine(to.charAt(to.length() - 1))) to.append(end);
    to.append(name).append('=').append(EnvQuoting.write(value, "")).append(end);
  }

  private EnvFileEditor checked(String changed, Map<String, String> expected) throws UserError {
    EnvFileEditor text = read(changed.getBytes(StandardCharsets.UTF_8), shownAs).orThrow();
    if (text.values().equals(expected)) return text;
    throw new UserError(
        Problem.error(shownAs, 0, "cannot be changed without changing another variable")
            .hint("change it with  jlocal config:edit"));
  }

  private static boolean isEndOfLine(char c) {
    return c == '\n' || c == '\r';
  }

  /** Leaves out the text, which has secrets. */
  @Override
  public String toString() {
    return shownAs;
  }
}
