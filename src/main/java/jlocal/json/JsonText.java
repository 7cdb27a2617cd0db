package jlocal.json;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values to JSON text on one line. */
public final class JsonText {
  private JsonText() {}

  /**
   * Strings, numbers, booleans, null, and maps and collections of these, in their own order.
   *
   * @return ASCII controls are escaped; all else stands as itself, to be written as UTF-8
   * @throws IllegalArgumentException for any other value, and for numbers that JSON does not have
   */
  public static String of(@Nullable Object value) {
    var json = new StringBuilder();
    write(value, json);
    return json.toString();
  }

  private static void write(@Nullable Object value, StringBuilder json) {
    switch (value) {
      case null -> json.append("null");
      case CharSequence text -> writeString(text, json);
      case Boolean truth -> json.append(truth);
      case Number number -> json.append(finite(number));
      case Map<?, ?> members -> writeObject(members, json);
      case Collection<?> items -> writeArray(items, json);
      default -> throw new IllegalArgumentException("not for JSON: " + value.getClass());
    }
  }

  private static Number finite(Number number) {
    if (!Double.isFinite(number.doubleValue())) throw new IllegalArgumentException("not finite");
    return number;
  }

  private static void writeObject(Map<?, ?> members, StringBuilder json) {
    String between = "{";
    for (var member : members.entrySet()) {
      writeString(String.valueOf(member.getKey()), json.append(between));
      write(member.getValue(), json.append(':'));
      between = ",";
    }
    json.append(members.isEmpty() ? "{}" : "}");
  }

  private static void writeArray(Collection<?> items, StringBuilder json) {
    String between = "[";
    for (var item : items) {
      write(item, json.append(between));
      between = ",";
    }
    json.append(items.isEmpty() ? "[]" : "]");
  }

  private static void writeString(CharSequence text, StringBuilder json) {
    json.append('"');
    text.chars().forEach(c -> writeChar((char) c, json));
    json.append('"');
  }

  private static void writeChar(char c, StringBuilder json) {
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
