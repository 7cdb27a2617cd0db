package jlocal.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import jlocal.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Formats values as YAML: as JSON, which is also YAML, or as words that all parsers read as text.
 */
final class Yaml {
  private static final Pattern PLAIN =
      Pattern.compile("(?!(?i:yes|no|on|off|true|false|null)$)[A-Za-z/][A-Za-z0-9_./-]+");

  /** Characters that JSON leaves unescaped, but that YAML forbids or reads as line breaks. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\u2028\u2029\ufeff\ufffe\uffff]");

  private Yaml() {}

  /** Returns a value on one line: a text, number, boolean, list or map. */
  static String of(Object value) {
    if (value instanceof String text && PLAIN.matcher(text).matches()) return text;
    return UNPRINTABLE
        .matcher(JsonWriter.write(value))
        .replaceAll(c -> "\\\\u%04x".formatted((int) c.group().charAt(0)));
  }

  /** Returns a map of alternating names and values, without null values. */
  static SequencedMap<String, Object> map(@Nullable Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) map.put(String.valueOf(namesAndValues[i]), value);
    }
    return map;
  }

  /** Returns the lines of a block, one per entry. */
  static List<String> lines(Map<String, ?> map) {
    return map.entrySet().stream()
        .map(member -> of(member.getKey()) + ": " + of(member.getValue()))
        .toList();
  }
}
