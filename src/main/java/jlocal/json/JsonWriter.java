package jlocal.json;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values to JSON text on one line. */
public final class JsonWriter {
  private JsonWriter() {}

  /**
   * Strings, numbers, booleans, null, and objects, maps and collections of these, in their own
   * order.
   *
   * @return ASCII controls are escaped; all else stands as itself, to be written as UTF-8
   * @throws IllegalArgumentException for any other value, and for numbers that JSON does not have
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
    String between = "{";
    for (var member : members.entrySet()) {
      appendString(String.valueOf(member.getKey()), json.append(between));
      append(member.getValue(), json.append(':'));
      between = ",";
    }
    json.append(members.isEmpty() ? "{}" : "}");
  }

  private static void appendArray(Collection<?> items, StringBuilder json) {
    String between = "[";
    for (var item : items) {
      append(item, json.append(between));
      between = ",";
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
