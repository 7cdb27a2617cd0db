package jlocal.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import jlocal.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Values as YAML: JSON, which is YAML as well, and words that all readers take for a text. */
final class Yaml {
  private static final Pattern PLAIN =
      Pattern.compile("(?!(?i:yes|no|on|off|true|false|null)$)[A-Za-z/][A-Za-z0-9_./-]+");

  /** What JSON writes as it is and YAML takes for a line break, or not at all. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\u2028\u2029\ufeff\ufffe\uffff]");

  private Yaml() {}

  /** A value on one line: a text, number, truth, list or map. */
  static String of(Object value) {
    if (value instanceof String text && PLAIN.matcher(text).matches()) return text;
    return UNPRINTABLE
        .matcher(JsonWriter.write(value))
        .replaceAll(c -> "\\\\u%04x".formatted((int) c.group().charAt(0)));
  }

  /** A map of these names and values in turn, without those whose value is null. */
  static SequencedMap<String, Object> map(@Nullable Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) map.put(String.valueOf(namesAndValues[i]), value);
    }
    return map;
  }

  /** Lines of a block, one for each member. */
  static List<String> lines(Map<String, ?> map) {
    return map.entrySet().stream()
        .map(member -> of(member.getKey()) + ": " + of(member.getValue()))
        .toList();
  }
}
