package jlocal.json;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON on one line. */
public final class JsonWriter {
  private JsonWriter() {}

  /**
   * Writes strings, numbers, booleans, null, and objects, maps and collections of these, in their
   * own order.
   *
   * @return text with control characters escaped; others stand for themselves, to be encoded as
   *     UTF-8
   * @throws IllegalArgumentException for other values, and numbers that JSON cannot represent
   */
  public static String write(@Nullable Object value) {
    var json = new StringBuilder();
    append(value, json);
    return json.toString();
  }

  private static void append(@Nullable Object value, StringBuilder json) {
    switch (value) {
      case null -> json.append("null");
      case CharSequence text -> appendString(text, json);
      case Boolean truth -> json.append(truth);
      case Number number -> json.append(finite(number));
      case JsonFields(var members) -> appendObject(members, json);
      case Map<?, ?> members -> appendObject(members, json);
      case Collection<?> items -> appendArray(items, json);
      default -> throw new IllegalArgumentException("not for JSON: " + value.getClass());
    }
  }

  private static Number finite(Number number) {
    if (!Double.isFinite(number.doubleValue())) throw new IllegalArgumentException("not finite");
    return number;
  }

  private static void appendObject(Map<?, ?> members, StringBuilder json) {
    String separator = "{";
    for (var member : members.entrySet()) {
      appendString(String.valueOf(member.getKey()), json.append(separator));
      append(member.getValue(), json.append(':'));
      separator = ",";
    }
    json.append(members.isEmpty() ? "{}" : "}");
  }

  private static void appendArray(Collection<?> items, StringBuilder json) {
    String separator = "[";
    for (var item : items) {
      append(item, json.append(separator));
      separator = ",";
    }
    json.append(items.isEmpty() ? "[]" : "]");
  }

  private static void appendString(CharSequence text, StringBuilder json) {
    json.append('"');
    text.chars().forEach(c -> appendChar((char) c, json));
    json.append('"');
  }

  private static void appendChar(char c, StringBuilder json) {
    switch (c) {
      case '"', '\\' -> json.append('\\').append(c);
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> {
        if (Character.isISOControl(c)) json.append("\\u%04x".formatted((int) c));
        else json.append(c);
      }
    }
  }
}
