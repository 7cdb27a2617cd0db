package jlocal.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import jlocal.json.JsonFields;

/**
 * What a client can call: a command of jlocal.
 *
 * @param description what a model is told of it
 * @param effect what it does to the app
 * @param commandLine the words of the command for arguments that have been checked
 * @param shown makes the answer of what the command printed
 */
record Tool(
    String name,
    String description,
    Effect effect,
    List<Param> params,
    Function<JsonFields, List<String>> commandLine,
    UnaryOperator<String> shown) {
  /** What a call does to the app. */
  enum Effect {
    READS,
    /** Starts something; what runs goes on. */
    ADDS,
    /** May end what runs. */
    ENDS
  }

  /** The types that arguments have in JSON Schema. */
  enum Kind {
    STRING,
    INTEGER,
    STRINGS
  }

  /**
   * An argument.
   *
   * @param pattern what a text, or each text of a list, must match; empty for anything
   */
  record Param(String name, Kind kind, String pattern, String description) {
    private Map<String, Object> schema() {
      var schema = new LinkedHashMap<String, Object>();
      schema.put("type", kind == Kind.STRINGS ? "array" : kind.name().toLowerCase(Locale.ROOT));
      if (kind == Kind.STRINGS) schema.put("items", text());
      else schema.putAll(kind == Kind.STRING ? text() : Map.of("type", "integer"));
      schema.put("description", description);
      return schema;
    }

    private Map<String, Object> text() {
      var text = new LinkedHashMap<String, Object>(Map.of("type", "string"));
      if (!pattern.isEmpty()) text.put("pattern", "^(" + pattern + ")$");
      return text;
    }

    /** What is wrong with a value; empty for nothing. */
    private String problem(Object value) {
      boolean fits =
          switch (kind) {
            case STRING -> fits(value);
            case INTEGER -> value instanceof Long number && number >= 0;
            case STRINGS -> value instanceof List<?> all && all.stream().allMatch(this::fits);
          };
      if (fits) return "";
      return "'" + name + "' must be " + (kind == Kind.STRINGS ? "a list: " : "") + description;
    }

    private boolean fits(Object value) {
      return value instanceof String text && (pattern.isEmpty() || text.matches(pattern));
    }
  }

  /** As {@code tools/list} tells it. */
  JsonFields listed() {
    var properties = new LinkedHashMap<String, Object>();
    params.forEach(param -> properties.put(param.name, param.schema()));
    var schema =
        JsonFields.of("type", "object", "properties", properties, "additionalProperties", false);
    var annotations =
        JsonFields.of(
            "readOnlyHint", effect == Effect.READS,
            "destructiveHint", effect == Effect.ENDS,
            "openWorldHint", false);
    return JsonFields.of(
        "name",
        name,
        "description",
        description,
        "inputSchema",
        schema,
        "annotations",
        annotations);
  }

  /** What is wrong with the arguments of a call; empty for nothing. */
  List<String> problems(JsonFields arguments) {
    var problems = new ArrayList<String>();
    arguments
        .values()
        .forEach((argument, value) -> {
          var known = params.stream().filter(param -> param.name.equals(argument)).findFirst();
          String none = "there is no argument '" + argument + "'";
          problems.add(known.map(param -> param.problem(value)).orElse(none));
        });
    problems.removeIf(String::isEmpty);
    return problems;
  }
}
