package jlocal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jlocal.json.JsonReader.SyntaxException;
import jlocal.json.JsonValue.JsonArray;
import jlocal.json.JsonValue.JsonLiteral;
import jlocal.json.JsonValue.JsonObject;
import jlocal.json.JsonValue.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, to write or as read; the last of equal names wins.
 *
 * @param values strings, numbers, booleans, {@code JsonFields}, and lists of these, by name
 */
public record JsonFields(Map<String, Object> values) {
  /** An integer that fits into a long. */
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  /** Thrown when text is not the expected object; the message says why. */
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Malformed(String what) {
      super(what);
    }
  }

  /** Creates an object from alternating names and values. */
  public static JsonFields of(Object... namesAndValues) {
    var values = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new JsonFields(values);
  }

  /**
   * Parses an object.
   *
   * @throws Malformed if the text is something else
   */
  public static JsonFields read(String text) {
    try {
      if (value(JsonReader.read(text)) instanceof JsonFields fields) return fields;
      throw new Malformed("not a JSON object");
    } catch (SyntaxException e) {
      throw new Malformed("not JSON: " + e.expected());
    }
  }

  /**
   * Returns the value at a path of names in the text of an object.
   *
   * @return as in {@link #values}; null if there is none, or the text is not an object
   */
  public static @Nullable Object find(String text, List<String> names) {
    @Nullable Object found;
    try {
      found = read(text);
    } catch (Malformed _) {
      return null;
    }
    for (String name : names) {
      found = found instanceof JsonFields fields ? fields.values.get(name) : null;
    }
    return found;
  }

  private static Object value(JsonValue value) {
    return switch (value) {
      case JsonObject(var members) -> {
        var values = new LinkedHashMap<String, Object>();
        for (var member : members) values.put(member.name(), value(member.value()));
        yield new JsonFields(values);
      }
      case JsonArray(var items) -> items.stream().map(JsonFields::value).toList();
      case JsonString(var text, _) -> text;
      case JsonLiteral literal ->
          switch (literal.written()) {
            case "true", "false" -> Boolean.valueOf(literal.written());
            case "null" -> literal; // null has none of the types that are read.
            default -> number(literal);
          };
    };
  }

  private static Number number(JsonLiteral literal) {
    String written = literal.written();
    boolean isWhole = WHOLE.matcher(written).matches();
    return isWhole ? (Number) Long.valueOf(written) : (Number) Double.valueOf(written);
  }

  /** Returns a required member of the given type. */
  private <T> T value(String name, Class<T> type, String expected) {
    Object value = values.get(name);
    if (value == null) throw new Malformed("'" + name + "' is missing");
    return cast(value, name, type, expected);
  }

  private static <T> T cast(Object value, String name, Class<T> type, String expected) {
    if (type.isInstance(value)) return type.cast(value);
    throw new Malformed("'" + name + "' is " + expected);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public String text(String name) {
    return value(name, String.class, "not a string");
  }

  public boolean flag(String name) {
    return value(name, Boolean.class, "neither true nor false");
  }

  public Number number(String name) {
    return value(name, Number.class, "not a number");
  }

  public long whole(String name) {
    return number(name).longValue();
  }

  /** Returns a number as an int, clamped to its range. */
  public int small(String name) {
    return Math.clamp(whole(name), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  public JsonFields object(String name) {
    return value(name, JsonFields.class, "not an object");
  }

  public List<String> texts(String name) {
    return items(name, String.class, "not a list of strings");
  }

  /** Returns a list of numbers; each must fit into an int. */
  public List<Integer> smalls(String name) {
    return items(name, Long.class, "not a list of whole numbers").stream()
        .map(Math::toIntExact)
        .toList();
  }

  public List<JsonFields> objects(String name) {
    return items(name, JsonFields.class, "not a list of objects");
  }

  private <T> List<T> items(String name, Class<T> type, String expected) {
    var items = new ArrayList<T>();
    for (Object item : value(name, List.class, "not a list")) {
      items.add(cast(item, name, type, expected));
    }
    return items;
  }
}
