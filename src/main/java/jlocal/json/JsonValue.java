package jlocal.json;

import java.util.List;

/** A JSON value. */
public sealed interface JsonValue {

  /**
   * An object.
   *
   * @param members in the order of the text; names may repeat
   */
  record JsonObject(List<Member> members) implements JsonValue {
    public JsonObject {
      members = List.copyOf(members);
    }
  }

  /** A member of an object. */
  record Member(String name, JsonValue value) {}

  /** An array. */
  record JsonArray(List<JsonValue> items) implements JsonValue {
    public JsonArray {
      items = List.copyOf(items);
    }
  }

  /**
   * A string.
   *
   * @param text unescaped
   * @param line its line, from 1
   */
  record JsonString(String text, int line) implements JsonValue {}

  /**
   * A number, {@code true}, {@code false} or {@code null}.
   *
   * @param written exactly as in the text, such as {@code 1.50}
   * @param line its line, from 1
   */
  record JsonLiteral(String written, int line) implements JsonValue {}
}
