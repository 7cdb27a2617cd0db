package jlocal.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders such as {@code {{user}}}. A line is omitted if one of its placeholders
 * has no value, and repeated if it has several. Values are inserted unchanged.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

  private final String name;
  private final String text;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Template(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** Returns the template of that name in a folder, if it exists, else jlocal's own. */
  static Template of(String name, @Nullable Path folder) throws UserError {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UserError(Problem.error(folder.toString(), 0, "is not a folder of templates"));
    }
    Path file = folder == null ? null : folder.resolve(name);
    try {
      if (file != null && Files.exists(file)) {
        return new Template(file.toString(), Files.readString(file));
      }
      try (InputStream own = Objects.requireNonNull(Template.class.getResourceAsStream(name))) {
        return new Template(name, new String(own.readAllBytes(), UTF_8));
      }
    } catch (IOException e) {
      throw new UserError(Problem.error(file + " cannot be read: " + e.getMessage()));
    }
  }

  /**
   * Sets a placeholder; null, an empty text or an empty collection is no value, a list is several.
   */
  Template put(String place, @Nullable Object value) {
    values.put(
        place,
        switch (value) {
          case null -> List.of();
          case List<?> all -> all.stream().map(Object::toString).toList();
          default -> value.equals("") ? List.of() : List.of(value.toString());
        });
    return this;
  }

  /** Sets a placeholder to a value as YAML, on one line. */
  Template yaml(String place, @Nullable Object value) {
    if (value == null || Set.of("", List.of(), Map.of()).contains(value)) return put(place, null);
    return put(place, Yaml.of(value));
  }

  String fill() throws UserError {
    var filled = new StringBuilder();
    int number = 0;
    for (String line : text.split("(?<=\n)", -1)) {
      number++;
      int times = 1;
      for (Matcher place = PLACE.matcher(line); place.find(); ) {
        int size = values(place.group(1), number).size();
        times = size == 0 || times == 0 ? 0 : Math.max(times, size);
      }
      for (int i = 0; i < times; i++) filled.append(line(line, i));
    }
    return filled.toString();
  }

  private List<String> values(String place, int line) throws UserError {
    List<String> found = values.get(place);
    if (found != null) return found;
    throw new UserError(
        Problem.error(name, line, "there is no {{" + place + "}}")
            .hint("there are " + String.join(", ", values.keySet())));
  }

  private String line(String line, int i) {
    return PLACE
        .matcher(line)
        .replaceAll(place -> {
          List<String> all = values.getOrDefault(place.group(1), List.of());
          return Matcher.quoteReplacement(all.get(Math.min(i, all.size() - 1)));
        });
  }
}
