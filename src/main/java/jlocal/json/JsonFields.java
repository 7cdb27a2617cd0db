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
 * The members of a JSON object, to be written or as they were read; of two with one name the last.
 *
 * @param values strings, numbers, booleans, {@code JsonFields}, and lists of these, by name
 */
public record JsonFields(Map<String, Object> values) {
  /** A number that fits into a long. */
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  /** A text that is not the expected object; the message says what is wrong with it. */
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Malformed(String what) {
      super(what);
    }
  }

  /** An object of these names and values in turn. */
  public static JsonFields of(Object... namesAndValues) {
    var values = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new JsonFields(values);
  }

  /**
   * Reads one object.
   *
   * @throws Malformed when the text is something else
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
   * What stands in the text of an object below these names, each inside the one before.
   *
   * @return as in {@link #values}; null when there is nothing, or the text is no object
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
            case "null" -> literal; // It has none of the types that are asked for.
            default -> number(literal);
          };
    };
  }

  private static Number number(JsonLiteral literal) {
    String written = literal.written();
    boolean isWhole = WHOLE.matcher(written).matches();
    return isWhole ? (Number) Long.valueOf(written) : (Number) Double.valueOf(written);
  }

  /** The member of this name, which must be there and be of this type. */
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

  /** A number that fits into an int; others become the nearest that does. */
  public int small(String name) {
    return Math.clamp(whole(name), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  public JsonFields object(String name) {
    return value(name, JsonFields.class, "not an object");
  }

  public List<String> texts(String name) {
    return items(name, String.class, "not a list of strings");
  }

  /** A list of numbers, each of which fits into an int. */
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
