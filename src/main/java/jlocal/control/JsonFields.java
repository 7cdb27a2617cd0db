package jlocal.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.json.JsonReader;
import jlocal.json.JsonReader.SyntaxException;
import jlocal.json.JsonValue;
import jlocal.json.JsonValue.JsonArray;
import jlocal.json.JsonValue.JsonLiteral;
import jlocal.json.JsonValue.JsonObject;
import jlocal.json.JsonValue.JsonString;

/** The members of a JSON object, by name; of two with one name the last. */
record JsonFields(Map<String, JsonValue> values) {
  /** A line that is not what it should be; the message says what is wrong with it. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what) {
      super(what);
    }
  }

  static JsonFields read(String line) throws Malformed {
    try {
      return of(JsonReader.read(line));
    } catch (SyntaxException e) {
      throw new Malformed("not JSON: " + e.expected());
    }
  }

  private static JsonFields of(JsonValue value) throws Malformed {
    if (!(value instanceof JsonObject(var members))) throw new Malformed("not a JSON object");
    var values = new LinkedHashMap<String, JsonValue>();
    members.forEach(member -> values.put(member.name(), member.value()));
    return new JsonFields(values);
  }

  private JsonValue value(String name) throws Malformed {
    JsonValue value = values.get(name);
    if (value == null) throw new Malformed("'" + name + "' is missing");
    return value;
  }

  String text(String name) throws Malformed {
    if (value(name) instanceof JsonString(var text, _)) return text;
    throw new Malformed("'" + name + "' is not a string");
  }

  boolean flag(String name) throws Malformed {
    if (value(name) instanceof JsonLiteral(var written, _)) {
      if (written.equals("true")) return true;
      if (written.equals("false")) return false;
    }
    throw new Malformed("'" + name + "' is neither true nor false");
  }

  double number(String name) throws Malformed {
    try {
      if (value(name) instanceof JsonLiteral(var written, _)) return Double.parseDouble(written);
    } catch (NumberFormatException _) {
      // true, false or null; said below
    }
    throw new Malformed("'" + name + "' is not a number");
  }

  long whole(String name) throws Malformed {
    return (long) number(name);
  }

  List<String> texts(String name) throws Malformed {
    var texts = new ArrayList<String>();
    for (JsonValue item : items(name)) {
      if (!(item instanceof JsonString(var text, _)))
        throw new Malformed("'" + name + "' is not a list of strings");
      texts.add(text);
    }
    return texts;
  }

  List<JsonFields> objects(String name) throws Malformed {
    var objects = new ArrayList<JsonFields>();
    for (JsonValue item : items(name)) objects.add(of(item));
    return objects;
  }

  JsonFields object(String name) throws Malformed {
    return of(value(name));
  }

  private List<JsonValue> items(String name) throws Malformed {
    if (value(name) instanceof JsonArray(var items)) return items;
    throw new Malformed("'" + name + "' is not a list");
  }
}
