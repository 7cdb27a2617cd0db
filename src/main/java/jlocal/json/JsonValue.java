package jlocal.json;

import java.util.List;

/** A value of a JSON text. */
public sealed interface JsonValue {

  /**
   * An object.
   *
   * @param members in the order of the text; a name may occur twice
   */
  record JsonObject(List<Member> members) implements JsonValue {
    public JsonObject {
      members = List.copyOf(members);
    }
  }

  /** A name of an object and its value. */
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
   * @param text with its escapes undone
   * @param line where it stands, from 1
   */
  record JsonString(String text, int line) implements JsonValue {}

  /**
   * A number, {@code true}, {@code false} or {@code null}.
   *
   * @param written exactly as in the text: {@code 1.50} stays so
   * @param line where it stands, from 1
   */
  record JsonLiteral(String written, int line) implements JsonValue {}
}
